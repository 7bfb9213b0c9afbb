import * as pulumi from "@pulumi/pulumi";

/** One registration, with secrets unwrapped. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: unknown;
  /** Paths of inputs that arrived as secrets. */
  readonly secrets: readonly string[];
}

// The engine's marker of a secret: https://github.com/pulumi/pulumi, sdk/nodejs/runtime/rpc.ts
const signature = "4dabf18193072939515e22adb298388d";

/**
 * Starts Pulumi's mocks and records what is registered. `tls:*` resources get the state their provider would compute,
 * derived from their name: "ca-cert" has the certificate "ca-cert.certPem".
 */
export async function record(): Promise<Registered[]> {
  const registered: Registered[] = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs }) => {
      const secrets: string[] = [];
      registered.push({ type, name, inputs: unwrapped(inputs, "", secrets), secrets });
      const computed = Object.fromEntries(
        ["privateKeyPem", "certPem", "certRequestPem"].map((key) => [key, `${name}.${key}`]),
      );
      return { id: `${name}-id`, state: { ...computed, ...(inputs as object) } };
    },
    call: ({ inputs }) => inputs as Record<string, unknown>,
  };
  await pulumi.runtime.setMocks(mocks, "project", "stack");
  return registered;
}

/** Waits until everything constructed is registered. Under mocks the queue opens again afterwards. */
export async function drain(): Promise<void> {
  await pulumi.runtime.disconnect();
}

/** The value of an output. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

function unwrapped(value: unknown, path: string, secrets: string[]): unknown {
  if (Array.isArray(value))
    return value.map((item, at) => unwrapped(item, `${path}[${at}]`, secrets));
  if (typeof value !== "object" || value === null) return value;
  if (signature in value && "value" in value) {
    secrets.push(path);
    return unwrapped(value.value, path, secrets);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      unwrapped(item, path === "" ? key : `${path}.${key}`, secrets),
    ]),
  );
}
