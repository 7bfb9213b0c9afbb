import { describe, expect, it } from "vitest";
import type { Ran } from "../../hack/proof/run-process.ts";
import { stimulate } from "../../hack/proof/stimuli.ts";
import { fakeClock } from "./fake-clock.ts";
import { fakeLab, labOutputs, pod } from "./fake-lab.ts";
import type { Call } from "./fake-lab.ts";

const notFound: Partial<Ran> = { exitCode: 1, stderr: 'pods "httpbin-0" not found' };

/** Answers `kubectl get pod` with one state after the other; the last one stays. */
function podStates(states: readonly object[]): (call: Call) => string | Partial<Ran> {
  let next = 0;
  return ({ args }) => {
    if (!args.includes("get")) return "";
    const state = states[Math.min(next++, states.length - 1)] ?? {};
    return state === notFound ? notFound : JSON.stringify(state);
  };
}

describe("delete-pod", () => {
  const stimulus = { do: "delete-pod", name: "httpbin-0" } as const;
  const old = pod("httpbin-0", { uid: "old" });

  it("ends when a new pod of that name is Ready, not before", async () => {
    const clock = fakeClock();
    const { lab, calls } = fakeLab(
      labOutputs(),
      podStates([
        old,
        old,
        notFound,
        pod("httpbin-0", { uid: "new", ready: false }),
        pod("httpbin-0", { uid: "new" }),
      ]),
    );
    await clock.run(stimulate(lab, stimulus, clock));
    expect(calls.map(({ args }) => args.slice(4).join(" "))).toEqual([
      "get pod httpbin-0 --namespace default -o json",
      "delete pod httpbin-0 --namespace default --wait=false",
      ...Array.from({ length: 4 }, () => "get pod httpbin-0 --namespace default -o json"),
    ]);
  });

  it("fails when none comes within two minutes", async () => {
    const clock = fakeClock();
    const { lab } = fakeLab(labOutputs(), podStates([old]));
    await expect(clock.run(stimulate(lab, stimulus, clock))).rejects.toThrow(
      "there was no new Ready pod httpbin-0 within 120 seconds",
    );
    expect(clock.now()).toBe(120_000);
  });

  it("fails when there is none to delete", async () => {
    const clock = fakeClock();
    const { lab } = fakeLab(labOutputs(), podStates([notFound]));
    await expect(clock.run(stimulate(lab, stimulus, clock))).rejects.toThrow(
      'pods "httpbin-0" not found',
    );
  });
});

describe("exec", () => {
  it("runs the command in the pod, and does not look at what it prints", async () => {
    const clock = fakeClock();
    const { lab, calls } = fakeLab(labOutputs(), ({ args }) =>
      args.includes("get")
        ? JSON.stringify({ items: [pod("fortio-1")] })
        : { exitCode: 1, stderr: "503" },
    );
    const stimulus = { do: "exec", in: { app: "fortio" }, command: ["fortio", "u"] } as const;
    await clock.run(stimulate(lab, stimulus, clock));
    expect(calls.at(-1)?.args.slice(4).join(" ")).toBe(
      "exec --namespace default fortio-1 --container fortio -- fortio u",
    );
  });
});

describe("call", () => {
  const request = { caller: { from: "pod", app: "sleep" }, url: "http://a" } as const;
  const stimulus = { do: "call", times: 2, request } as const;
  const answered = (args: readonly string[]): string => {
    const written = args[args.indexOf("--write-out") + 1] ?? "";
    const line = written.replaceAll("\\n", "\n").replace("%{json}", '{"exitcode":7}');
    return line + line;
  };

  it("waits until the caller can call, and takes any answer", async () => {
    const clock = fakeClock();
    let calls = 0;
    const { lab } = fakeLab(labOutputs(), ({ args }) => {
      if (args.includes("pods")) return JSON.stringify({ items: [pod("sleep-1")] });
      return ++calls < 3 ? { exitCode: 1, stderr: "container not found" } : answered(args);
    });
    await clock.run(stimulate(lab, stimulus, clock));
    expect(calls).toBe(3);
  });

  it("fails when it can't within a minute", async () => {
    const clock = fakeClock();
    const { lab } = fakeLab(labOutputs(), () => JSON.stringify({ items: [] }));
    await expect(clock.run(stimulate(lab, stimulus, clock))).rejects.toThrow(
      "no Ready pod labelled app=sleep",
    );
    expect(clock.now()).toBe(60_000);
  });
});
