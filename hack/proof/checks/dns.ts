import { lookup } from "node:dns/promises";
import { isIPv4 } from "node:net";
import type { DnsCheck } from "../../../components/scenarios/checks/cluster.ts";
import { brief } from "../brief-text.ts";
import { runAs } from "../callers.ts";
import type { LiveLab } from "../callers.ts";
import type { Look } from "../poll.ts";

/** Asks with what the image has: glibc's getent, else a nslookup such as busybox's. */
const resolveScript = `getent ahostsv4 "$1" 2>/dev/null || nslookup -type=a "$1"`;

/**
 * IPv4 addresses in what `getent ahostsv4` or `nslookup` printed, each once, sorted. The address of the name
 * server itself, which nslookup prints first, is not one of them.
 */
export function parseAddresses(output: string): readonly string[] {
  const isNslookup = /^Server:/m.test(output);
  const answer = isNslookup ? output.slice(output.search(/^Name:/m)) : output;
  if (isNslookup && !/^Name:/m.test(output)) return [];
  const words = isNslookup
    ? [...answer.matchAll(/^Address(?: \d+)?:\s*(\S+)/gm)].map((match) => match[1] ?? "")
    : output.split("\n").map((line) => line.split(/\s/)[0] ?? "");
  return [...new Set(words.filter((word) => isIPv4(word)))].sort();
}

/** Judges addresses a name resolved to against the pods' own; both sorted. */
export function judgeAddresses(addresses: readonly string[], pods: readonly string[]): Look {
  const observed = addresses.length === 0 ? "no address" : brief(addresses.join(", "));
  if (pods.length === 0) return { passed: false, observed, reason: "there is no Ready pod" };
  return addresses.join() === pods.join()
    ? { passed: true, observed }
    : { passed: false, observed, reason: `the pods have ${brief(pods.join(", "))}` };
}

async function resolve(lab: LiveLab, check: DnsCheck): Promise<readonly string[]> {
  if (check.caller.from === "host") {
    const found = await lookup(check.name, { all: true, family: 4 }).catch(() => []);
    return [...new Set(found.map(({ address }) => address))].sort();
  }
  const command = ["sh", "-c", resolveScript, "sh", check.name] as const;
  return parseAddresses((await runAs(lab, check.caller, [...command])).stdout);
}

/** Resolves the name where the caller is, and compares with the pods' addresses. */
export async function lookAtDns(lab: LiveLab, check: DnsCheck): Promise<Look> {
  const [addresses, pods] = await Promise.all([
    resolve(lab, check),
    lab.cluster.readyPods(check.namespace ?? "default", check.podSelector),
  ]);
  const ips = pods.flatMap(({ status }) => status?.podIP ?? []);
  return judgeAddresses(addresses, [...new Set(ips)].sort());
}
