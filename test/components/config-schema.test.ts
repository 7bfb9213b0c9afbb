import { describe, expect, it } from "vitest";
import { settings } from "../../components/config-schema.ts";

describe("settings", () => {
  it.each(Object.entries(settings))("%s takes its own default", (_, { schema, byDefault }) => {
    if (byDefault !== "") expect(schema.safeParse(byDefault)).toMatchObject({ success: true });
  });

  it.each([
    ["step", ""],
    ["verify", "yes"],
    ["verify", ""],
    ["cluster", "k3d"],
    ["clusterName", "My_Lab"],
    ["clusterName", "-lab"],
    ["clusterName", "a".repeat(41)],
    ["clusterName", "a..b"],
    ["clusterName", "a.-b"],
    ["nodes", "0"],
    ["nodes", "11"],
    ["nodes", "1.5"],
    ["nodes", " 1"],
    ["nodes", "0x1"],
    ["nodeImage", "two words"],
    ["nodeImage", "kindest//node"],
    ["nodeImage", "kindest/node:"],
    ["nodeImage", "kindest/Node:v1"],
    ["nodeImage", "kindest/node@sha256:abc"],
    ["istioVersion", "latest"],
    ["imageRegistry", "https://mirror.example.org"],
    ["imageRegistry", "mirror.example.org/"],
    ["imageRegistry", "mirror..example.org"],
    ["imageRegistry", "mirror.example.org:65536"],
    ["imageRegistry", "mirror.example.org/lab."],
    ["imageRegistry", "mirror.example.org/a..b"],
    ["imageRegistry", `${"a.".repeat(100)}org`],
    ["gatewayServiceType", "ClusterIP"],
    ["httpNodePort", "29999"],
    ["httpsNodePort", "32768"],
    ["statusNodePort", "15021"],
    ["httpPort", "0"],
    ["httpsPort", "65536"],
    ["statusPort", "-1"],
    ["listenAddress", "localhost"],
    ["listenAddress", "127.0.0.256"],
    ["listenAddress", "fe80::1"],
    ["listenAddress", "224.0.0.1"],
    ["listenAddress", "255.255.255.255"],
    ["replicas", "0"],
    ["replicas", "21"],
    ["domain", "Example.com"],
    ["domain", "-a.example"],
    ["domain", "a..b"],
    ["domain", `${"a".repeat(48)}.io`],
    ["domain", "lab.1"],
    ["domain", "123"],
    ["domain", "10.0.0.1"],
    ["domain", "lab.0x1f"],
    ["weightV2", "-1"],
    ["weightV2", "101"],
    ["certificateDays", "0"],
    ["certificateDays", "3651"],
    ["keyAlgorithm", "rsa-2048"],
    ["certificateEpoch", "0"],
    ["precedenceLevel", "pod"],
    ["precedenceLevel", "Port"],
    ["addons", "jaeger"],
    ["addons", "[prometheus"],
  ] as const)("refuses %s = %j", (key, value) => {
    expect(settings[key].schema.safeParse(value).success).toBe(false);
  });

  // What these make is shown to the validator of a live cluster in test/e2e.
  it.each([
    ["clusterName", "a".repeat(40)],
    ["clusterName", "a.b-c.1"],
    ["nodeImage", "kindest/node"],
    ["nodeImage", `registry.example.org:5000/kind/node:v1@sha256:${"0a".repeat(32)}`],
    ["imageRegistry", "localhost:5000"],
    ["imageRegistry", "mirror"],
    ["imageRegistry", "mirror.example.org:65535/a-b/c__d/e.f"],
    ["domain", "localhost"],
    ["domain", "1.lab"],
    ["domain", "lab.1a"],
    ["domain", "xn--bcher-kva.example"],
    ["domain", "a".repeat(50)],
    ["domain", `${"a.".repeat(24)}ab`],
  ] as const)("takes %s = %j", (key, value) => {
    expect(settings[key].schema.safeParse(value)).toMatchObject({ success: true });
  });
});
