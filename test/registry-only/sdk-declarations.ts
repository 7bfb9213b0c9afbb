import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import ts from "typescript";

/** One property as the SDK's type declarations have it. */
export interface Declared {
  /** Whether it may be left out, or be undefined. */
  readonly optional: boolean;
  /** The default that its comment tells, as it is written there. */
  readonly default?: string;
  /** The values that its comment says are supported. */
  readonly accepted: readonly string[];
}

/** A resource as the SDK declares it. */
export interface DeclaredResource {
  readonly inputs: Readonly<Record<string, Declared>>;
  readonly outputs: Readonly<Record<string, Declared>>;
  /** Outputs that the SDK itself marks as secret. */
  readonly secrets: readonly string[];
}

const require = createRequire(import.meta.url);

/**
 * Reads what a resource's declarations say.
 * @param module such as `@pulumi/tls/privateKey`
 * @param name of the class, such as `PrivateKey`
 */
export function declaredResource(module: string, name: string): DeclaredResource {
  const code = require.resolve(`${module}.js`);
  const [, secrets = ""] =
    /additionalSecretOutputs: \[([^\]]*)\]/.exec(readFileSync(code, "utf8")) ?? [];
  return {
    inputs: declaredInterface(module, `${name}Args`),
    outputs: declaredMembers(code, name, ts.isPropertyDeclaration),
    secrets: [...secrets.matchAll(/"(\w+)"/g)].map(([, property = ""]) => property),
  };
}

/** The properties of an interface. */
export function declaredInterface(module: string, name: string): Record<string, Declared> {
  return declaredMembers(require.resolve(`${module}.js`), name, ts.isPropertySignature);
}

function declaredMembers(
  code: string,
  name: string,
  counts: (member: ts.Node) => member is ts.PropertyDeclaration | ts.PropertySignature,
): Record<string, Declared> {
  const path = code.replace(/\.js$/, ".d.ts");
  const text = readFileSync(path, "utf8");
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = file.statements.find(
    (statement): statement is ts.ClassDeclaration | ts.InterfaceDeclaration =>
      (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)) &&
      statement.name?.text === name,
  );
  if (!found) throw new Error(`${path} declares no ${name}`);
  return Object.fromEntries(
    [...found.members]
      .filter(counts)
      .map((member) => [member.name.getText(file), declared(member)]),
  );
}

function declared(member: ts.PropertyDeclaration | ts.PropertySignature): Declared {
  const comment = ts
    .getJSDocCommentsAndTags(member)
    .map((doc) => doc.getText())
    .join("\n")
    .replaceAll(/\n\s*\* ?/g, "\n");
  const [, told] =
    /\(default: `([^`]+)`\)|[Dd]efaults to:? (`[^`]+`|[^.\n]+)/.exec(comment)?.filter(Boolean) ??
    [];
  const [, values = ""] = /Currently-supported values are: ([^.]+)\./.exec(comment) ?? [];
  return {
    optional:
      member.questionToken !== undefined || /\| undefined>/.test(member.type?.getText() ?? ""),
    ...(told === undefined ? {} : { default: told.replaceAll("`", "") }),
    accepted: [...values.matchAll(/`(\w+)`/g)].map(([, value = ""]) => value),
  };
}
