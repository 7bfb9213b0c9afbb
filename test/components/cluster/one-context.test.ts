import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { kubeconfigFile, oneContext } from "../../../components/cluster/one-context.ts";

const contexts = [
  { name: "prod", context: { cluster: "prod-cluster", user: "admin", namespace: "shop" } },
  { name: "lab", context: { cluster: "lab-cluster", user: "me" } },
  { name: "anonymous", context: { cluster: "lab-cluster", user: "nobody" } },
  { name: "broken", context: { cluster: "gone", user: "me" } },
];
const clusters = [
  { name: "prod-cluster", cluster: { server: "https://prod:6443" } },
  {
    name: "lab-cluster",
    cluster: { server: "https://lab:6443", "certificate-authority-data": "Q0E=" },
  },
];
const users = [
  { name: "admin", user: { token: "s3cret" } },
  { name: "me", user: { exec: { command: "aws" } } },
];
const all = stringify({
  apiVersion: "v1",
  kind: "Config",
  "current-context": "prod",
  contexts,
  clusters,
  users,
});

describe("oneContext", () => {
  it("keeps one context with its cluster and user, and makes it the current one", () => {
    const { kubeconfig, server } = oneContext(all, "lab");
    expect(server).toBe("https://lab:6443");
    expect(parse(kubeconfig)).toEqual({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "lab",
      contexts: [contexts[1]],
      clusters: [clusters[1]],
      users: [users[1]],
    });
  });

  it("lets nothing of another context through", () => {
    expect(oneContext(all, "lab").kubeconfig).not.toMatch(/prod|s3cret|admin/);
  });

  it("takes a context without a user", () => {
    expect(parse(oneContext(all, "anonymous").kubeconfig)).toMatchObject({ users: [] });
  });

  it.each([
    ["a name that is not there", all, "dev", "prod, lab, anonymous, broken"],
    ["a context whose cluster is not there", all, "broken", "prod, lab, anonymous, broken"],
    ["an empty file", "", "lab", "no context"],
    ["a file without contexts", "kind: Config\ncontexts: []\n", "lab", "no context"],
  ])("refuses %s and lists what there is", (_, text, name, known) => {
    expect(() => oneContext(text, name)).toThrow(
      new Error(`kubeContext: "${name}" is not in the kubeconfig (it has: ${known})`),
    );
  });
});

describe("kubeconfigFile", () => {
  const home = join(homedir(), ".kube", "config");

  it.each([
    ["the configured one first", "/mine", { KUBECONFIG: "/a:/b" }, "/mine"],
    ["then the first of $KUBECONFIG", undefined, { KUBECONFIG: "/a:/b" }, "/a"],
    ["passing over empty parts", undefined, { KUBECONFIG: ":/b" }, "/b"],
    ["then the one at home", undefined, {}, home],
    ["also with an empty $KUBECONFIG", undefined, { KUBECONFIG: "" }, home],
  ])("%s", (_, configured, environment, file) => {
    expect(kubeconfigFile(configured, environment)).toBe(file);
  });

  it.each([
    ["alone", "/lab/.lab/dev/kubeconfig", home],
    ["before the user's", "/lab/.lab/dev/kubeconfig:/mine", "/mine"],
    ["of another stack", "/lab/.lab/two/kubeconfig:/mine", "/mine"],
    ["of another checkout, which is as good as any", "/b/.lab/dev/kubeconfig", undefined],
    ["and the user's own file beside it", "/lab/.lab/kubeconfig", undefined],
    ["and the user's own file in the stack's folder", "/lab/.lab/dev/mine", undefined],
  ])("passes over the file that the lab's shell names: %s", (_, KUBECONFIG, file = KUBECONFIG) => {
    expect(kubeconfigFile(undefined, { KUBECONFIG }, "/lab/.lab")).toBe(file);
  });

  it("knows the file of this checkout by itself", () => {
    const KUBECONFIG = resolve(".lab/dev/kubeconfig");
    expect(kubeconfigFile(undefined, { KUBECONFIG })).toBe(home);
    expect(kubeconfigFile(KUBECONFIG, {})).toBe(KUBECONFIG);
  });
});
