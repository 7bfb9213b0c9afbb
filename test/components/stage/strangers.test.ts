import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { strangers } from "../../../components/stage/strangers.ts";
import { machineOnPath } from "../../support/machine-on-path.ts";

const access = { kubeconfigPath: "/lab/kubeconfig" };
const machine = machineOnPath();

/** Has kubectl note its arguments and print this. */
function answer(printed: string): void {
  machine.command(
    "kubectl",
    `printf '%s\\n' "$@" > "${machine.folder}/asked"\ncat <<'JSON'\n${printed}\nJSON`,
  );
}

describe("strangers", () => {
  it("are the objects that claim hosts, as far as their claims go", async () => {
    const spec = { hosts: ["a.example.com"] };
    const metadata = { name: "mine", namespace: "shop", uid: "1" };
    const apiVersion = "networking.istio.io/v1";
    answer(JSON.stringify({ items: [{ apiVersion, kind: "VirtualService", metadata, spec }] }));
    expect(await strangers(access)).toEqual([
      { kind: "VirtualService", namespace: "shop", name: "mine", spec, byPulumi: false },
    ]);
  });

  it("show by their annotations whether Pulumi made them", async () => {
    const of = (annotations: object): object => ({
      kind: "Gateway",
      metadata: { name: "mine", namespace: "shop", annotations },
    });
    const kept = of({ a: "b", "pulumi.com/deletionPropagationPolicy": "background" });
    answer(JSON.stringify({ items: [of({ a: "pulumi.com/" }), kept] }));
    expect((await strangers(access)).map(({ byPulumi }) => byPulumi)).toEqual([false, true]);
  });

  it("are asked for once: every kind that claims hosts, without the stage's label", async () => {
    answer('{"items":[]}');
    expect(await strangers(access)).toEqual([]);
    const asked = readFileSync(join(machine.folder, "asked"), "utf8").trimEnd().split("\n");
    expect(asked.slice(4)).toEqual([
      "get",
      "gateway.v1.networking.istio.io,virtualservice.v1.networking.istio.io,destinationrule.v1.networking.istio.io,serviceentry.v1.networking.istio.io",
      "--all-namespaces",
      ...["--selector", "!istio-lab/stage", "--output", "json"],
    ]);
  });

  it.each(["exit 1", "echo cut short >&2; exit 1"])(
    "are none where the cluster can't be asked, or has no Istio: %s",
    async (script) => {
      machine.command("kubectl", script);
      expect(await strangers(access)).toEqual([]);
    },
  );
});
