import type { ConfigContext } from "../../components/config-rules.ts";
import { checkConfig, frozen, type LabConfig } from "../../components/config.ts";
import { ConfigError } from "../../components/faults.ts";

/**
 * A configuration as the program has it, once this machine and the supply have no faults either.
 * @throws ConfigError listing every fault
 */
export function acceptedConfig(
  raw: Readonly<Record<string, string>>,
  context: ConfigContext,
): LabConfig {
  const { values, faults } = checkConfig(raw, context);
  if (faults.length > 0) throw new ConfigError(faults);
  return frozen(values);
}
