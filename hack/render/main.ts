import { join, resolve } from "node:path";
import { scenarios } from "../../components/scenarios/registry.ts";
import { readSupply } from "../../components/supply.ts";
import { handlingSignals, runCommand } from "../lab/command.ts";
import { supplyFile } from "../toolchain/paths.ts";
import { chooseStep } from "./choose-step.ts";
import { helmFiles, istioReleases } from "./istio-by-helm.ts";
import { objectFile } from "./object-file.ts";
import { parseOptions } from "./options.ts";
import { refuseUsed, writeFiles } from "./out-folder.ts";
import { labSearchPath } from "./pulumi-home.ts";
import { renderSteps } from "./render-steps.ts";

const options = parseOptions(process.argv.slice(2), scenarios);

await runCommand(async () => {
  const supply = readSupply(supplyFile);
  const config = chooseStep(options, { scenarios, supply });
  // npm runs scripts in the checkout; a relative folder is where the user stands.
  const here = process.env["INIT_CWD"] ?? process.cwd();
  const out = resolve(here, options.out);
  refuseUsed(out);

  const stop = new AbortController();
  const searchPath = await labSearchPath(process.env["PATH"] ?? "");
  const [objects = []] = await handlingSignals(
    () => {
      stop.abort();
    },
    () => renderSteps([{ config, supply }], searchPath, stop.signal),
  );
  const objectFiles = objects.map(objectFile);
  const about = `${config.scenario}, step ${config.step}`;
  writeFiles(out, [
    ...objectFiles,
    ...helmFiles(istioReleases(supply.istio, config), supply, about),
  ]);

  const keys = objectFiles.filter(({ secret }) => secret).length;
  process.stdout.write(
    `${about}: ${objectFiles.length} objects in ${options.out}; kubectl apply -f ${options.out} takes them ` +
      `once Istio is there (${join(options.out, "README.md")} says how)\n`,
  );
  if (keys > 0) {
    process.stdout.write(
      `${keys} of the files hold private keys and are readable by you alone: do not commit or share them\n`,
    );
  }
  return 0;
});
