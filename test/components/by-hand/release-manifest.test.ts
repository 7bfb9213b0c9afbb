import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  deployedSecret,
  releasedObjects,
  type HelmSecret,
} from "../../../components/by-hand/release-manifest.ts";

const manifest = `---
# Source: istiod/templates/serviceaccount.yaml
apiVersion: v1
kind: ServiceAccount
metadata:
  name: istiod
  labels: { app: istiod }
---
# Source: istiod/templates/clusterrole.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: istiod-istio-system
---
# nothing but a comment
`;

function secret(status: string): HelmSecret {
  const stored = gzipSync(JSON.stringify({ manifest })).toString("base64");
  return {
    metadata: { name: `v-${status}`, namespace: "istio-system", labels: { status } },
    data: { release: Buffer.from(stored).toString("base64") },
  };
}

describe("releasedObjects", () => {
  const place = { release: "istiod", namespace: "istio-system" };
  const objects = releasedObjects(secret("deployed"), place);

  it("are those of the manifest that Helm keeps, in its order", () => {
    expect([...objects.keys()]).toEqual([
      "ServiceAccount istio-system/istiod",
      "ClusterRole.rbac.authorization.k8s.io istiod-istio-system",
    ]);
  });

  it("carry what Helm looks for before it takes an object for a release's", () => {
    expect(objects.get("ServiceAccount istio-system/istiod")?.metadata).toEqual({
      name: "istiod",
      namespace: "istio-system",
      labels: { app: "istiod", "app.kubernetes.io/managed-by": "Helm" },
      annotations: {
        "meta.helm.sh/release-name": "istiod",
        "meta.helm.sh/release-namespace": "istio-system",
      },
    });
    const [, role] = [...objects.values()];
    expect(role?.metadata).not.toHaveProperty("namespace");
  });
});

describe("deployedSecret", () => {
  it("is the one of the revision that is deployed", () => {
    const secrets = [secret("superseded"), secret("deployed"), secret("failed")];
    expect(deployedSecret(secrets)?.metadata.name).toBe("v-deployed");
    expect(deployedSecret(secrets.slice(0, 1))).toBeUndefined();
  });
});
