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
    ["nodes", "0"],
    ["nodes", "11"],
    ["nodes", "1.5"],
    ["nodes", " 1"],
    ["nodes", "0x1"],
    ["nodeImage", "two words"],
    ["istioVersion", "latest"],
    ["imageRegistry", "https://mirror.example.org"],
    ["imageRegistry", "mirror.example.org/"],
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
});
