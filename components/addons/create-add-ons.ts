import type { AddOn } from "../config.ts";
import type { Lab } from "../scenarios/scenario.ts";
import { Grafana } from "./grafana.ts";
import { Kiali } from "./kiali.ts";
import { Prometheus } from "./prometheus.ts";

/** Installs add-ons in the control plane's namespace. What the supply does not have is left out; proofs say so. */
export function createAddOns(
  lab: Pick<Lab, "supply" | "istioNamespace" | "meshOpts">,
  names: Iterable<AddOn>,
): void {
  for (const name of new Set(names)) {
    if (name === "prometheus") {
      new Prometheus(
        "prometheus",
        { supply: lab.supply, namespace: lab.istioNamespace },
        lab.meshOpts,
      );
    } else if (name === "grafana") {
      new Grafana("grafana", { supply: lab.supply }, lab.meshOpts);
    } else if (!lab.supply.limits.kiali) {
      new Kiali("kiali", { supply: lab.supply }, lab.meshOpts);
    }
  }
}
