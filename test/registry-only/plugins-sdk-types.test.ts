import { describe, expect, it } from "vitest";
import { localCommand } from "../../hack/registry-only/plugins/command/local-command.ts";
import { isSecret, revealAll, type Properties } from "../../hack/registry-only/plugins/property.ts";
import type { Resource } from "../../hack/registry-only/plugins/provider.ts";
import { certRequest } from "../../hack/registry-only/plugins/tls/cert-request.ts";
import { locallySignedCert } from "../../hack/registry-only/plugins/tls/locally-signed-cert.ts";
import { privateKey } from "../../hack/registry-only/plugins/tls/private-key.ts";
import { selfSignedCert } from "../../hack/registry-only/plugins/tls/self-signed-cert.ts";
import {
  authority,
  authorityInputs,
  keyPem,
  leafInputs,
  request,
  useFolder,
} from "./plugins-openssl.ts";
import { created, operation } from "./plugins-operation.ts";
import { declaredInterface, declaredResource } from "./sdk-declarations.ts";

useFolder();

/** What each stand-in stands in for, with inputs that give nothing but what must be given. */
const pairs: readonly {
  readonly module: string;
  readonly name: string;
  readonly resource: Resource;
  readonly inputs: () => Promise<Properties>;
}[] = [
  {
    module: "@pulumi/tls/privateKey",
    name: "PrivateKey",
    resource: privateKey,
    inputs: () => Promise.resolve({ algorithm: "ED25519" }),
  },
  {
    module: "@pulumi/tls/certRequest",
    name: "CertRequest",
    resource: certRequest,
    inputs: async () => ({ privateKeyPem: await keyPem() }),
  },
  {
    module: "@pulumi/tls/selfSignedCert",
    name: "SelfSignedCert",
    resource: selfSignedCert,
    inputs: async () => {
      const { allowedUses, validityPeriodHours } = authorityInputs;
      return { privateKeyPem: await keyPem(), allowedUses, validityPeriodHours };
    },
  },
  {
    module: "@pulumi/tls/locallySignedCert",
    name: "LocallySignedCert",
    resource: locallySignedCert,
    inputs: async () => ({
      ...(await authority()),
      certRequestPem: await request({ subject: { commonName: "a" } }),
      ...leafInputs,
    }),
  },
  {
    module: "@pulumi/command/local/command",
    name: "Command",
    resource: localCommand,
    inputs: () => Promise.resolve({ create: "echo made" }),
  },
];

/** A write-only key is used and never recorded: its change means nothing, by the SDK's own words. */
const isRecorded = (input: string): boolean => !input.endsWith("Wo");

describe.each(pairs)("$name and the SDK's declarations", ({ module, name, resource, inputs }) => {
  const sdk = declaredResource(module, name);
  const state = async (): Promise<Properties> =>
    (await resource.create(await inputs(), operation())).state;

  it("know the same inputs: a change of one is noticed, and of nothing else", () => {
    const names = [...Object.keys(sdk.inputs), ...Object.keys(sdk.outputs), "another"];
    const noticed = [...new Set(names)].filter((input) => {
      const { replaces, updates } = resource.diff({ [input]: "before" }, { [input]: "after" });
      return [...replaces, ...updates].includes(input);
    });
    expect(noticed.sort()).toEqual(Object.keys(sdk.inputs).filter(isRecorded).sort());
  });

  it("ask for the same inputs", () => {
    const required = Object.keys(sdk.inputs).filter((input) => !sdk.inputs[input]?.optional);
    const asked = resource.check({}).map(({ property }) => property);
    // One of two keys is asked for in the name of the first.
    expect(asked.filter((input) => !sdk.inputs[input]?.optional).sort()).toEqual(required.sort());
  });

  it("give the same outputs, no more and none less", async () => {
    const given = Object.keys(await state());
    const always = Object.keys(sdk.outputs).filter((output) => !sdk.outputs[output]?.optional);
    expect(given.filter((output) => !(output in sdk.outputs))).toEqual([]);
    expect(always.filter((output) => !given.includes(output))).toEqual([]);
  });

  it("promise a preview the outputs that are made then", async () => {
    const { state: promised } = await resource.create(await inputs(), operation({ preview: true }));
    expect(Object.keys(promised).sort()).toEqual(Object.keys(await state()).sort());
  });

  it("hide the same outputs", async () => {
    const made = await state();
    const hidden = Object.keys(made).filter((output) => isSecret(made[output]));
    expect(hidden.sort()).toEqual(sdk.secrets.filter((output) => output in made).sort());
  });

  it("have the same defaults, and take the same values", async () => {
    const made = revealAll(await state());
    for (const [input, { accepted, default: told }] of Object.entries(sdk.inputs)) {
      if (name !== "Command" && told !== undefined)
        expect([input, String(made[input] as string | number | boolean)]).toEqual([input, told]);
      for (const value of accepted) {
        const faults = resource.check({ ...(await inputs()), [input]: value });
        expect([input, value, faults]).toEqual([input, value, []]);
      }
    }
  });
});

it("the declarations are read: they tell defaults and values", () => {
  const { inputs, secrets } = declaredResource("@pulumi/tls/privateKey", "PrivateKey");
  expect(inputs["ecdsaCurve"]).toEqual({
    optional: true,
    default: "P224",
    accepted: ["P224", "P256", "P384", "P521"],
  });
  expect(inputs["algorithm"]?.optional).toBe(false);
  expect(secrets).toContain("privateKeyPem");
});

it("a Command does by default what its declarations say", async () => {
  const { inputs } = declaredResource("@pulumi/command/local/command", "Command");
  const told = Object.entries(inputs).flatMap(([input, { default: value }]) =>
    value === undefined ? [] : [[input, value]],
  );
  expect(Object.fromEntries(told)).toEqual({
    addPreviousOutputInEnv: "true",
    interpreter: '["/bin/sh", "-c"]',
    logging: "logging both stdout and stderr",
  });
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const print =
    'printf "%s of %s\\n" "$PULUMI_COMMAND_STDOUT" "$(readlink /proc/$$/exe)"; echo err >&2';
  const before = { create: print, stdout: "before", stderr: "" };
  const after = await localCommand.update(
    before,
    { create: print, triggers: [1] },
    operation({ log }),
  );
  expect(after["stdout"]).toMatch(/^before of \/\S*sh$/);
  expect(lines.sort()).toEqual([after["stdout"], "err"].sort());
});

it("a subject has every name that the SDK declares", async () => {
  const privateKeyPem = await keyPem();
  const requested = async (subject: Properties): Promise<string> =>
    (await created(certRequest, { privateKeyPem, subject }))["certRequestPem"] ?? "";
  const names = Object.keys(declaredInterface("@pulumi/tls/types/input", "CertRequestSubject"));
  const without = await requested({});
  // Ed25519 signs one content one way: the same request means that the name is not in it.
  expect(await requested({ another: "x" })).toBe(without);
  const made = await Promise.all(
    names.map((name) => requested({ [name]: name === "streetAddresses" ? ["DE"] : "DE" })),
  );
  expect(names.length).toBeGreaterThan(5);
  expect(new Set([...made, without]).size).toBe(names.length + 1);
});
