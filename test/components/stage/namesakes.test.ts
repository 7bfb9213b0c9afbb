import { describe, expect, it } from "vitest";
import type { AskCluster, LiveObject } from "../../../components/cluster/list-objects.ts";
import {
  askForNamesakes,
  foreign,
  namesakeFaults,
  unproven,
} from "../../../components/stage/namesakes.ts";

const place = { kubeconfigPath: "/k", kubeContext: "prod", stack: "dev" };
const sleep = { apiVersion: "apps/v1", kind: "Deployment", namespace: "default", name: "sleep" };
const plain = { apiVersion: "v1", kind: "Namespace", name: "plain" };

describe("unproven", () => {
  const known = { "Deployment.apps default/sleep": 2, "Namespace plain": 1 };
  const live = new Set(Object.keys(known));

  it("is nothing where this stack made all, and the cluster has all on the stage", () => {
    expect(unproven([sleep, plain], known, live)).toEqual([]);
  });

  it.each([
    ["this stack never made", { "Namespace plain": 1 }, live],
    ["the cluster does not have on the stage", known, new Set(["Namespace plain"])],
  ])("is what %s", (_, incarnations, there) => {
    expect(unproven([sleep, plain], incarnations, there)).toEqual([sleep]);
  });

  it("is everything where the cluster could not be asked: it has no Istio yet", () => {
    expect(unproven([sleep, plain], known, undefined)).toEqual([sleep, plain]);
  });
});

describe("askForNamesakes", () => {
  const asked: Parameters<AskCluster>[] = [];
  const ask: AskCluster = (...question) => {
    asked.push(question);
    return Promise.resolve({ status: "no-kubectl" });
  };

  it("asks for exactly those objects, all in one call", async () => {
    expect(await askForNamesakes([sleep, plain], place, ask)).toEqual({ status: "no-kubectl" });
    const [[access, what, input = ""] = [], ...more] = asked.splice(0);
    expect([access, what, more]).toEqual([place, ["--filename", "-"], []]);
    expect(JSON.parse(input)).toEqual({
      apiVersion: "v1",
      kind: "List",
      items: [
        {
          apiVersion: "apps/v1",
          kind: "Deployment",
          metadata: { namespace: "default", name: "sleep" },
        },
        { apiVersion: "v1", kind: "Namespace", metadata: { name: "plain" } },
      ],
    });
  });

  it("asks nothing about no object", async () => {
    expect(await askForNamesakes([], place, ask)).toEqual({ status: "listed", objects: [] });
    expect(asked).toEqual([]);
  });
});

describe("namesakeFaults", () => {
  const object = (
    { apiVersion, kind, ...metadata }: typeof plain,
    labels?: Record<string, string>,
  ): LiveObject => ({
    apiVersion,
    kind,
    metadata: { ...metadata, ...(labels ? { labels } : {}) },
  });
  const ours = { "istio-lab/stage": "dev" };
  const others = { "istio-lab/stage": "two" };

  it("has nothing against objects of this stack", () => {
    const answer = { status: "listed", objects: [object(sleep, ours)] } as const;
    expect(namesakeFaults(answer, place)).toEqual([]);
    expect(foreign(answer, place)).toEqual([]);
  });

  it("refuses all others, of whatever kind", () => {
    const objects = [object(sleep), object(plain, others), object(sleep, ours)];
    const faults = namesakeFaults({ status: "listed", objects }, place);
    const beginning =
      "choose another step, or pulumi config set istio-lab:kubeContext NAME, or pulumi config set istio-lab:cluster kind; where nobody needs it, let the step make its own: kubectl --kubeconfig /k --context prod delete";
    const rest = {
      accepted:
        "a cluster without it, or with it labelled istio-lab/stage=dev, as this lab labels its own",
    };
    expect(faults).toEqual([
      {
        problem:
          'Deployment default/sleep is in the cluster of context "prod" already, and is not this lab\'s: the step would change it, and destroy would delete it',
        ...rest,
        fix: `${beginning} deployment.apps sleep --namespace default`,
      },
      {
        problem:
          'Namespace plain is in the cluster of context "prod" already, and is not this lab\'s: the step would change it, and destroy would delete it',
        ...rest,
        fix: `${beginning} namespace plain`,
      },
    ]);
    expect(foreign({ status: "listed", objects }, place)).toEqual(objects.slice(0, 2));
  });

  it("refuses a cluster that can't be asked any more", () => {
    const faults = namesakeFaults({ status: "silent", detail: "refused" }, place);
    expect(faults.map(({ problem }) => problem)).toEqual([
      'kubeContext: the cluster of "prod" gives no usable answer (refused)',
    ]);
  });
});
