import { describe, expect, it } from "vitest";
import { judgeAddresses, parseAddresses } from "../../hack/proof/checks/dns.ts";
import { pod } from "./fake-lab.ts";
import type { Call } from "./fake-lab.ts";
import { looked } from "./look-once.ts";

describe("dns", () => {
  const getent = "10.244.0.6     STREAM httpbin\n10.244.0.6     DGRAM\n10.244.0.10    STREAM\n";
  const busybox =
    "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\thttpbin\nAddress: 10.244.0.10\nName:\thttpbin\nAddress: 10.244.0.6\n";
  const old =
    "Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns\n\nName:      httpbin\nAddress 1: 10.244.0.6 a\n";
  const missing =
    "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n** server can't find httpbin: NXDOMAIN\n";

  it.each([
    ["getent", getent, ["10.244.0.10", "10.244.0.6"]],
    ["nslookup", busybox, ["10.244.0.10", "10.244.0.6"]],
    ["an older nslookup", old, ["10.244.0.6"]],
    ["nslookup that finds nothing", missing, []],
    ["nothing", "", []],
  ])("reads %s", (_, output, addresses) => {
    expect(parseAddresses(output)).toEqual(addresses);
  });

  it.each([
    [["a", "b"], ["a", "b"], true],
    [["a"], ["a", "b"], false],
    [["a", "b"], ["a"], false],
    [[], [], false],
  ])("compares %j with %j", (addresses, pods, passed) => {
    expect(judgeAddresses(addresses, pods).passed).toBe(passed);
  });

  it("resolves in the pod and compares with the Ready pods", async () => {
    const pods = [pod("httpbin-0", { ip: "10.244.0.6" }), pod("httpbin-1", { ip: "10.244.0.10" })];
    const late = pod("httpbin-2", { ip: "10.244.0.99", ready: false });
    const check = {
      kind: "dns",
      caller: { from: "pod", app: "sleep" },
      name: "httpbin",
      podSelector: "app=httpbin",
    } as const;
    const answer = ({ args }: Call): string =>
      args.includes("exec") ? getent : JSON.stringify({ items: [...pods, late] });
    const { look, commands } = looked(check, answer);
    expect(await look).toEqual({ passed: true, observed: "10.244.0.10, 10.244.0.6" });
    expect(commands.at(-1)?.args.slice(-3)).toEqual([
      expect.stringContaining("getent ahostsv4"),
      "sh",
      "httpbin",
    ]);
  });
});
