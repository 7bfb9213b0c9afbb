import { describe, expect, it } from "vitest";
import type { IstioctlCheck } from "../../components/scenarios/checks/istioctl.ts";
import { judgeIstioctl } from "../../hack/proof/checks/istioctl.ts";
import { labOutputs } from "./fake-lab.ts";
import { looked } from "./look-once.ts";

const check: IstioctlCheck = { kind: "istioctl", args: ["analyze", "--namespace", "default"] };
const fault = 'Error [IST0101] (VirtualService default/helloworld) not found: "ingressgateway"';

describe("istioctl", () => {
  it("asks the lab's cluster, whatever the current context is", async () => {
    const { look, commands } = looked(check, () => "No validation issues found.\n");
    expect(await look).toEqual({ passed: true, observed: "exit 0: No validation issues found." });
    const { kubeconfigPath, kubeContext } = labOutputs();
    expect(commands.map(({ file, args }) => [file, ...args])).toEqual([
      [
        ...["istioctl", "analyze", "--namespace", "default"],
        ...["--kubeconfig", kubeconfigPath, "--context", kubeContext],
      ],
    ]);
  });

  it.each([
    [{ exit: [79], output: { contains: ["IST0101"] } }, { passed: true }],
    [{}, { passed: false, reason: "exit 79 is not 0" }],
    [
      { exit: [79], output: { lacks: ["IST0101"] } },
      { passed: false, reason: 'its output contains "IST0101"' },
    ],
    [
      { exit: [79], output: { contains: ["IST0132"] } },
      { passed: false, reason: 'its output lacks "IST0132"' },
    ],
  ])("judges a fault it found by %j", (expected, judged) => {
    const ran = { exitCode: 79, stdout: `${fault}\n`, stderr: "Error: Analyzers found issues\n" };
    expect(judgeIstioctl(ran, { ...check, ...expected })).toMatchObject(judged);
  });

  it("reads stderr too", () => {
    const ran = { exitCode: 1, stdout: "", stderr: "no route to host" };
    expect(judgeIstioctl(ran, { ...check, exit: [1], output: { contains: ["route"] } })).toEqual({
      passed: true,
      observed: "exit 1: no route to host",
    });
  });
});
