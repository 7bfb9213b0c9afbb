type Environment = Readonly<Record<string, string | undefined>>;

/** Programs that reach the cluster or its nodes: sign-in, proxies and sockets are the user's, and are needed. */
const ownSettings = ["kubectl", "istioctl", "docker"];

// What would make even those ask something else, or somebody else, than the row says.
const astray = /^(KUBECTL_|KUBERC$|ISTIOCTL_|ISTIOCONFIG$)/;

// Where programs, the user's home and temporary files are, and the language of messages; nothing that says whom to
// trust or which way to go.
const harmless =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|TMPDIR|TZ|LANG|LC_\w+|XDG_\w+|(DY)?LD_LIBRARY_PATH)$/;

/**
 * The environment of a program that the proof starts on this machine. A client takes from the user's shell what it needs
 * to run, and nothing that changes its answer: no CAs (CURL_CA_BUNDLE, SSL_CERT_FILE, SSL_CERT_DIR), no proxies, no
 * settings of curl or openssl (CURL_HOME, OPENSSL_CONF).
 * @param file the program, such as "curl", or the shell that starts it
 * @param env such as `process.env`
 */
export function clientEnvironment(file: string, env: Environment): Record<string, string> {
  const keep = ownSettings.includes(file)
    ? (name: string) => !astray.test(name)
    : (name: string) => harmless.test(name);
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && keep(entry[0]),
    ),
  );
}
