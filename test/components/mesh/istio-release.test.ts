import { beforeEach, describe, expect, it } from "vitest";
import { istioRelease, type IstioReleaseArgs } from "../../../components/mesh/istio-release.ts";
import { drain, record, whole, type Registration } from "../../support/mocks.ts";

const args: IstioReleaseArgs = {
  release: "istiod",
  source: { repository: "https://charts", name: "istiod", version: "1.31.1" },
  namespace: "istio-system",
  values: { global: { tag: "t" } },
};
const common = {
  name: "istiod",
  namespace: "istio-system",
  values: { global: { tag: "t" } },
  cleanupOnFail: true,
  timeout: 900,
  compat: "true",
};
const fromRepository = {
  chart: "istiod",
  version: "1.31.1",
  repositoryOpts: { repo: "https://charts" },
};

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

describe("istioRelease", () => {
  it.each<[string, Partial<IstioReleaseArgs>, object]>([
    [
      "from a repository, waited for and rolled back when it fails",
      {},
      { ...fromRepository, skipAwait: false, atomic: true },
    ],
    [
      "from a folder of this machine, which has no version or repository",
      { source: { folder: "/charts/istiod" } },
      { chart: "/charts/istiod", skipAwait: false, atomic: true },
    ],
    [
      "not waited for: then nothing could tell Helm to roll back",
      { skipAwait: true },
      { ...fromRepository, skipAwait: true, atomic: false },
    ],
  ])("%s", async (_, more, inputs) => {
    istioRelease("istio-istiod", { ...args, ...more }, {});
    await drain();
    expect(whole(registered)).toEqual([
      {
        type: "kubernetes:helm.sh/v3:Release",
        name: "istio-istiod",
        inputs: { ...common, ...inputs },
      },
    ]);
  });
});
