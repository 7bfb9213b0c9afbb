import { expect, it } from "vitest";
import { answerFaults, pausedFault } from "../../../components/cluster/answer-faults.ts";

const place = { cluster: "istio", node: "istio-control-plane", kubeconfigPath: "/lab/kubeconfig" };

it("has nothing against a cluster that is ready", () => {
  expect(answerFaults({ status: "ready" }, place)).toEqual([]);
});

it.each([
  [
    { status: "silent", detail: "no answer in time" },
    /istio does not answer \(no answer in time\)/,
    /docker restart istio-control-plane/,
  ],
  [
    { status: "refused", detail: "Unauthorized" },
    /does not take the lab's credentials \(Unauthorized\)/,
    /docker rm --force --volumes istio-control-plane/,
  ],
  [
    { status: "no-kubeconfig", detail: "no such file" },
    /kubeconfig of istio can't be used \(no such file\)/,
    /kind export kubeconfig --name istio --kubeconfig \/lab\/kubeconfig/,
  ],
  [{ status: "no-kubectl" }, /^kubectl: there is no such command/, /npm run -s env/],
] as const)("%j is one fault with what to do", (answer, problem, fix) => {
  const [fault, ...others] = answerFaults(answer, place);
  expect(others).toEqual([]);
  expect(fault?.problem).toMatch(problem);
  expect(fault?.fix).toMatch(fix);
});

it("names every node that is paused", () => {
  expect(pausedFault(["a", "b"])).toEqual({
    problem: "cluster: nodes a, b are paused, so what runs there does not answer",
    fix: "docker unpause a b, then this again",
  });
});
