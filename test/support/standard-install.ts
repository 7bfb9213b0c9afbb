import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The Gateway API's `standard-install.yaml` as upstream releases it, made of the sources that registry-only has.
 * @param definitions folder of the definitions, as its supply says
 * @see https://github.com/kubernetes-sigs/gateway-api/blob/v1.6.3/hack/build-install-yaml.sh
 */
export function standardInstall(definitions: string): string {
  const licence = readFileSync(join(dirname(definitions), "boilerplate.txt"), "utf8");
  const title = "#\n# Gateway API Standard channel install\n#\n";
  const files = readdirSync(definitions)
    .sort()
    .map((name) => {
      const text = readFileSync(join(definitions, name), "utf8");
      return `---\n#\n# config/crd/standard/${name}\n#\n${text}`;
    });
  return [licence, title, ...files].join("");
}
