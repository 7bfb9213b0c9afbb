import { UserError } from "../toolchain/phase.ts";
import type { Phase } from "../toolchain/phase.ts";
import { aptInstall, needCommands } from "./apt.ts";
import { decide } from "./decide.ts";
import { engineFacts } from "./facts.ts";
import { inotifyPhase } from "./inotify.ts";
import { startEngine } from "./start.ts";

/** What the engine and the lab's proofs need from Debian. */
const debianPackages = ["docker.io", "iptables", "curl", "openssl", "ca-certificates"] as const;

/** The phases after which a container engine answers and the kernel's limits are wide enough for kind. */
export function enginePhases(): Phase[] {
  return [
    {
      title: "start a container engine",
      done: async () => decide(await engineFacts()).do === "nothing",
      run: async (report) => {
        const facts = await engineFacts();
        const decision = decide(facts);
        if (decision.do === "fail") throw new UserError(decision.message);
        if (decision.do === "nothing") return;
        if (decision.do === "install and start") {
          await aptInstall(debianPackages, report);
          // From Debian 13 on the command is a package of its own.
          await needCommands({ docker: "docker-cli" }, report);
        }
        await startEngine(facts, report);
      },
    },
    inotifyPhase(),
  ];
}
