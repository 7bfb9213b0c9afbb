import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeMachine, type Ended, type FakeMachine } from "../../support/fake-machine.ts";

const never = 1_000;

let machine: FakeMachine;

beforeEach(() => {
  machine = fakeMachine();
  // Ten seconds pass with each look at the clock, and no sleep takes any time.
  machine.command("date", `${counter("clock")}; echo "$((count * 10))"`);
  machine.command("sleep", "exit 0");
});
afterEach(() => {
  machine.remove();
});

/** Shell that counts its runs in a file. */
function counter(name: string): string {
  const file = join(machine.folder, name);
  return `count=$(($(cat "${file}" 2>/dev/null || echo 0) + 1)); echo "$count" > "${file}"`;
}

/** A kubectl whose validator and injector answer at the given look; at an earlier one they let everything through. */
function kubectl(validatorAt: number, injectorAt: number): void {
  machine.command(
    "kubectl",
    `input=$(cat)
printf '%s\\n' "$*" >> "${join(machine.folder, "calls")}"
case "$input" in
*"kind: Gateway"*)
  ${counter("validator")}
  [ "$count" -lt ${validatorAt} ] || { echo 'admission webhook "validation.istio.io" denied the request' >&2; exit 1; } ;;
*"kind: Pod"*)
  ${counter("injector")}
  [ "$count" -lt ${injectorAt} ] || echo '  - name: istio-proxy' ;;
*) echo "istiod-0 Pending" ;;
esac`,
  );
}

function wait(): Promise<Ended> {
  writeFileSync(join(machine.folder, "calls"), "");
  return machine.run("components/mesh/wait-for-istiod.sh", {
    KUBECONFIG: "/lab/kubeconfig",
    CONTEXT: "kind-istio",
  });
}

function looks(name: string): number {
  return Number(readFileSync(join(machine.folder, name), "utf8"));
}

describe("wait-for-istiod.sh", () => {
  it.each([
    ["at once", 1, 1],
    ["late, the validator last", 4, 1],
    ["late, the injector last", 1, 4],
    ["late, one after the other", 3, 5],
  ])("ends when both webhooks answer: %s", async (_, validatorAt, injectorAt) => {
    kubectl(validatorAt, injectorAt);
    expect(await wait()).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(looks("injector")).toBe(injectorAt);
    expect(looks("validator")).toBe(validatorAt + injectorAt - 1);
  });

  it("asks the given cluster only, with a limit, and changes nothing in it", async () => {
    kubectl(1, 1);
    await wait();
    const calls = readFileSync(join(machine.folder, "calls"), "utf8").trim().split("\n");
    expect(calls).toEqual([
      "--context kind-istio --request-timeout 5s create --dry-run=server --filename -",
      "--context kind-istio --request-timeout 5s create --dry-run=server --output yaml --filename -",
    ]);
  });

  it.each([
    ["validator", never, 1],
    ["injector", 1, never],
  ])(
    "gives up when the %s never answers, and shows the pods",
    async (_, validatorAt, injectorAt) => {
      kubectl(validatorAt, injectorAt);
      expect(await wait()).toEqual({
        code: 1,
        stdout: "",
        stderr: "istiod's webhooks did not answer within 180 s:\nistiod-0 Pending\n",
      });
    },
  );

  it.each([
    ["as long as it takes", "[ $count -gt 2 ] || echo ContainerCreating", 30, 0],
    ["but not for ever", "echo ContainerCreating", never, 1],
    ["but not where it can't be had", "echo ImagePullBackOff", 30, 1],
  ])("waits for the image of istiod %s", async (_, says, validatorAt, code) => {
    machine.command(
      "kubectl",
      `case "$*" in
*"get pods --selector app=istiod"*) ${counter("pods")}; ${says}; exit ;;
*"get pods") echo "istiod-0 Pending"; exit ;;
esac
input=$(cat)
case "$input" in
*"kind: Gateway"*)
  ${counter("validator")}
  [ "$count" -lt ${validatorAt} ] || { echo 'validation.istio.io' >&2; exit 1; } ;;
*) echo '  - name: istio-proxy' ;;
esac`,
    );
    const ended = await wait();
    expect(ended.code, ended.stderr).toBe(code);
    expect(ended.stderr.includes("still on its way")).toBe(!says.includes("BackOff"));
  });

  it("does not take an API server that fails for a webhook that answers", async () => {
    machine.command("kubectl", "cat >/dev/null; echo 'connection refused' >&2; exit 1");
    expect((await wait()).code).toBe(1);
  });
});
