import { parse } from "yaml";

/** Where an API server is and how a client shows itself there: what `https.request` takes. */
export interface CertificateRoute {
  readonly server: string;
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

interface Kubeconfig {
  readonly "current-context"?: string;
  readonly contexts?: readonly { name: string; context: { cluster: string; user: string } }[];
  readonly clusters?: readonly { name: string; cluster: Readonly<Record<string, string>> }[];
  readonly users?: readonly { name: string; user: Readonly<Record<string, string>> }[];
}

/**
 * Where a context leads, as kind writes it: a server of an own authority, a user with a client certificate.
 * @param contextName not given: the kubeconfig's current one
 * @returns undefined where anything else is asked for, such as a sign-in by another program: only kubectl can do that
 */
export function certificateRoute(
  kubeconfig: string,
  contextName?: string,
): CertificateRoute | undefined {
  const all = (parse(kubeconfig) ?? {}) as Kubeconfig;
  const wanted = contextName ?? all["current-context"];
  const context = all.contexts?.find(({ name }) => name === wanted)?.context;
  const cluster = all.clusters?.find(({ name }) => name === context?.cluster)?.cluster ?? {};
  const user = all.users?.find(({ name }) => name === context?.user)?.user ?? {};
  const { server, "certificate-authority-data": ca, ...more } = cluster;
  const { "client-certificate-data": cert, "client-key-data": key, ...other } = user;
  if (!server || !ca || !cert || !key) return undefined;
  if (Object.keys({ ...more, ...other }).length > 0) return undefined;
  const decode = (text: string): Buffer => Buffer.from(text, "base64");
  return { server, ca: decode(ca), cert: decode(cert), key: decode(key) };
}
