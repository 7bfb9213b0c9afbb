import { serve } from "../serve.ts";
import { localCommand } from "./local-command.ts";

declare const PLUGIN_VERSION: string;

serve({ version: PLUGIN_VERSION, resources: { "command:local:Command": localCommand } });
