import { brief } from "./brief-text.ts";
import { pemBlocks } from "./certificate-facts.ts";
import type { runProcess } from "./run-process.ts";
import { fileLines, withFilesScript } from "./shell-scripts.ts";

/** What the openssl command says of certificates. Asked once for each: a proof reads the same ones again and again. */
export interface Openssl {
  /** What `openssl x509 -noout -text` prints of the first certificate. */
  text(pem: string): Promise<string>;
  /** Why the first certificate, by way of the others, does not lead to the CA, in openssl's words; or nothing. */
  chainFault(pem: string, ca: string): Promise<string | undefined>;
}

async function text(run: typeof runProcess, pem: string): Promise<string> {
  const ran = await run("openssl", ["x509", "-noout", "-text"], { input: pem });
  if (ran.exitCode === 0) return ran.stdout;
  throw new Error(`openssl can't read the certificate: ${brief(ran.stderr, 200)}`);
}

async function chainFault(
  run: typeof runProcess,
  pem: string,
  ca: string,
): Promise<string | undefined> {
  const [leaf = "", ...rest] = pemBlocks(pem);
  const untrusted = rest.length === 0 ? [] : ["-untrusted", "chain.pem"];
  const input = fileLines({ "ca.pem": ca, "leaf.pem": leaf, "chain.pem": rest.join("\n") });
  // What the machine trusts must not help: only this CA is asked about.
  const openssl = ["env", "SSL_CERT_DIR=/dev/null", "SSL_CERT_FILE=/dev/null", "openssl", "verify"];
  const verify = [...openssl, "-CAfile", "ca.pem", ...untrusted, "leaf.pem"];
  const ran = await run("sh", ["-c", withFilesScript, "sh", "1", ...verify], { input });
  if (ran.exitCode === 0) return undefined;
  const words = `${ran.stdout}\n${ran.stderr}`;
  const fault = /^error \d+ at \d+ depth lookup: ?(.*)$/m.exec(words)?.[1];
  // A CA that can't be read must not pass for one that refuses.
  if (fault === undefined) throw new Error(`openssl verify: ${brief(words, 200)}`);
  return fault;
}

/** Remembers answers; a fault is not remembered. */
function remembered<T>(ask: (...parts: readonly string[]) => Promise<T>) {
  const answers = new Map<string, Promise<T>>();
  return (...parts: readonly string[]): Promise<T> => {
    const key = parts.join("\n\n");
    const answer = answers.get(key) ?? ask(...parts);
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    return answer;
  };
}

/**
 * The openssl command of this machine.
 * @param run replaced in tests
 */
export function opensslCommand(run: typeof runProcess): Openssl {
  return {
    text: remembered((pem = "") => text(run, pem)),
    chainFault: remembered((pem = "", ca = "") => chainFault(run, pem, ca)),
  };
}
