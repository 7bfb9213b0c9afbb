import { describe, expect, it } from "vitest";
import type { DeliveryCheck } from "../../components/scenarios/checks/delivery.ts";
import {
  countArrivals,
  judgeDelivery,
  lookAtDelivery,
  urlWithId,
} from "../../hack/proof/checks/delivery.ts";
import { fakeLab, labOutputs, pod } from "./fake-lab.ts";
import type { Call } from "./fake-lab.ts";

const arrival = { app: "httpbin", container: "httpbin" };
const check: DeliveryCheck = {
  kind: "delivery",
  caller: { from: "pod", app: "sleep" },
  url: "http://httpbin:8080/headers",
  requests: 2,
  arrivals: [
    { ...arrival, version: "v1", times: 1 },
    { ...arrival, version: "v2", times: 0 },
  ],
};

describe("delivery", () => {
  it("adds the id to the URL", () => {
    expect(urlWithId(check, "a1")).toBe("http://httpbin:8080/headers?id=a1");
    expect(urlWithId({ ...check, url: "http://a/?b=1" }, "a1")).toBe("http://a/?b=1&id=a1");
  });

  it("counts lines, workload by workload", () => {
    expect(countArrivals(["x a1\ny a1 a1\nz", "b2"], ["a1", "b2"])).toEqual([
      [2, 0],
      [0, 1],
    ]);
  });

  it.each<[number[], number[][], string | undefined]>([
    [
      [200, 200],
      [
        [1, 1],
        [0, 0],
      ],
      undefined,
    ],
    [
      [200, 503],
      [
        [1, 1],
        [0, 0],
      ],
      "status 503 is not 200",
    ],
    [
      [200, 200],
      [
        [1, 0],
        [0, 0],
      ],
      "httpbin-v1 must get each request 1 times",
    ],
    [
      [200, 200],
      [
        [1, 1],
        [0, 1],
      ],
      "httpbin-v2 must get each request 0 times",
    ],
  ])("answers %j, lines %j", (statuses, counts, reason) => {
    const look = judgeDelivery(statuses, counts, check);
    expect([look.passed, look.reason]).toEqual([reason === undefined, reason]);
  });

  it("shows what arrived where", () => {
    expect(
      judgeDelivery(
        [200, 200],
        [
          [1, 1],
          [0, 1],
        ],
        check,
      ).observed,
    ).toBe("2 requests: 200; httpbin-v1 got each 1 times; httpbin-v2 got each 0 or 1 times");
  });

  /** Pods whose logs show a request only at the given look; v2 gets a copy where `mirrored`. */
  function mesh(mirrored: boolean, shownAt = 1): (call: Call) => string {
    const ids: string[] = [];
    let looks = 0;
    return ({ args }) => {
      if (args.includes("get")) return JSON.stringify({ items: [pod("sleep-1")] });
      const version = /version=(v\d)/.exec(args.join(" "))?.[1];
      if (version === undefined) {
        ids.push(new URL(args.at(-1) ?? "").searchParams.get("id") ?? "");
        const written = args[args.indexOf("--write-out") + 1] ?? "";
        const body = '{"exitcode":0,"response_code":200}';
        return `HTTP/1.1 200 OK\r\n\r\n${written.replaceAll("\\n", "\n").replace("%{json}", body)}`;
      }
      if (version === "v1") looks++;
      const arrived = looks >= shownAt && (version === "v1" || mirrored);
      return arrived ? ids.map((id) => `200 GET /headers?id=${id}\n`).join("") : "probe\n";
    };
  }

  async function look(answer: (call: Call) => string, wanted = check): Promise<unknown> {
    const { lab } = fakeLab(labOutputs(), answer);
    return lookAtDelivery(lab, wanted, () => Promise.resolve());
  }

  it("waits for the logs", async () => {
    expect(await look(mesh(false, 4))).toMatchObject({ passed: true });
  });

  it("gives every request an id of its own, and sees a copy that must not be", async () => {
    expect(await look(mesh(true))).toMatchObject({
      passed: false,
      reason: "httpbin-v2 must get each request 0 times",
    });
    const [v1 = { ...arrival, version: "v1", times: 1 }] = check.arrivals;
    const mirrored = { ...check, arrivals: [v1, { ...arrival, version: "v2", times: 1 }] };
    expect(await look(mesh(true), mirrored)).toMatchObject({ passed: true });
    expect(await look(mesh(false), mirrored)).toMatchObject({ passed: false });
  });

  it("is no look where a workload has no pod", async () => {
    const { lab } = fakeLab(labOutputs(), (call) =>
      call.args.includes("logs") ? { stderr: "No resources found" } : mesh(false)(call),
    );
    await expect(lookAtDelivery(lab, check, () => Promise.resolve())).rejects.toThrow(
      "No resources found",
    );
  });
});
