import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { listObjects, readFailure, readObjects } from "../../../components/cluster/list-objects.ts";
import { machineOnPath } from "../../support/machine-on-path.ts";

const access = { kubeconfigPath: "/k", kubeContext: "prod" };
const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } };
const machine = machineOnPath();

describe("listObjects", () => {
  it("asks kubectl once, through that file and context, and hands it its input", async () => {
    machine.command(
      "kubectl",
      `echo "$@" >> "${machine.folder}/asked"; cat > "${machine.folder}/input"; echo '${JSON.stringify({ items: [namespace] })}'`,
    );
    expect(await listObjects(access, ["--filename", "-"], "what")).toEqual({
      status: "listed",
      objects: [namespace],
    });
    expect(readFileSync(join(machine.folder, "asked"), "utf8")).toBe(
      "--kubeconfig /k --context prod --request-timeout 10s get --filename - --ignore-not-found --output json\n",
    );
    expect(readFileSync(join(machine.folder, "input"), "utf8")).toBe("what");
  });

  it("tells what kubectl said last, and minds no input that was not read", async () => {
    machine.command("kubectl", "exec <&-; echo first >&2; echo 'error: second' >&2; exit 1");
    expect(await listObjects(access, ["--filename", "-"], "x".repeat(1_000_000))).toEqual({
      status: "silent",
      detail: "error: second",
    });
  });

  it("tells where there is no kubectl", async () => {
    vi.stubEnv("PATH", join(machine.folder, "nowhere"));
    expect(await listObjects(access, ["namespace", "a"])).toEqual({ status: "no-kubectl" });
  });
});

describe("readFailure", () => {
  const unknown = 'unable to recognize no matches for kind "Gateway" in version "n/v1"';
  const logged = 'E1121 18:49:47.049955   27024 memcache.go:265] "Unhandled Error" err="x"';

  it.each([
    ["of a kind the cluster does not have", unknown],
    ["of several, in newer words", `error: ${unknown}\nensure CRDs are installed first\n`],
  ])("%s there are no objects; the others are listed", (_, stderr) => {
    expect(readFailure({ code: 1, stdout: JSON.stringify(namespace), stderr })).toEqual({
      status: "listed",
      objects: [namespace],
    });
  });

  it.each([
    ["what kubectl says, without its log", `${logged}\nrefused\n${logged}\n`, "refused"],
    ["what is wrong besides an unknown kind", `Forbidden\n${unknown}\n`, "Forbidden"],
    ["that nothing is said", "", "kubectl failed without a word"],
  ])("tells %s", (_, stderr, detail) => {
    expect(readFailure({ code: 1, stderr })).toEqual({ status: "silent", detail });
  });

  it("tells that the time ran out", () => {
    expect(readFailure({ killed: true, stderr: logged })).toEqual({
      status: "silent",
      detail: "no answer within 15 s",
    });
  });
});

describe("readObjects", () => {
  it.each([
    ["nothing", "", []],
    ["one object", JSON.stringify(namespace), [namespace]],
    ["a list", JSON.stringify({ kind: "List", items: [namespace] }), [namespace]],
  ])("reads %s", (_, json, objects) => {
    expect(readObjects(json)).toEqual(objects);
  });
});
