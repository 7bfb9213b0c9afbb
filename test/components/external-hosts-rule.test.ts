import { describe, expect, it } from "vitest";
import { stubNeedsOwnCluster } from "../../components/external-hosts-rule.ts";

const scenarios = [
  { id: "egress", steps: [], needs: ["external-hosts" as const] },
  { id: "other", steps: [] },
];

describe("stubNeedsOwnCluster", () => {
  it("refuses to change the DNS of somebody else's cluster, and says what to do", () => {
    const values = { scenario: "egress", cluster: "existing", externalBackend: "stub" } as const;
    expect(stubNeedsOwnCluster(values, { scenarios })).toEqual([
      {
        problem:
          'externalBackend: given "stub", but for that scenario "egress" needs names in the cluster\'s DNS, and the lab does not change CoreDNS of an existing cluster',
        accepted: "internet; stub with cluster kind",
        fix: "pulumi config set istio-lab:externalBackend internet, or pulumi config set istio-lab:cluster kind",
      },
    ]);
  });

  it.each([
    { scenario: "egress", cluster: "existing", externalBackend: "internet" },
    { scenario: "egress", cluster: "kind", externalBackend: "stub" },
    { scenario: "other", cluster: "existing", externalBackend: "stub" },
    { scenario: "nope", cluster: "existing", externalBackend: "stub" },
    {},
  ] as const)("takes %j", (values) => {
    expect(stubNeedsOwnCluster(values, { scenarios })).toEqual([]);
  });
});
