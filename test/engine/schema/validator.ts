import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../../../components/kubernetes-manifest.ts";
import type { SchemaFiles } from "./schema-files.ts";
import { strict, strictDefinitions, type Schema } from "./strict-schema.ts";

/** What is wrong with an object, one line a fault; nothing when an API server would take it. */
export type Validator = (object: KubernetesObject) => readonly string[];

const definitionsId = "kubernetes";

/**
 * Validates as the API server of the pinned versions does with `fieldValidation: Strict`: built-in objects against
 * Kubernetes' OpenAPI, Istio's against its CRDs. CEL rules of the CRDs are not looked at.
 */
export function objectValidator(files: SchemaFiles): Validator {
  const ajv = new Ajv({ strict: false, allErrors: true });
  // ajv-formats is a CommonJS module whose types say that it is not.
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  const schemas = new Map([
    ...builtInSchemas(ajv, files.kubernetesOpenApi),
    ...crdSchemas(files.istioCrds),
  ]);
  const compiled = new Map<string, ValidateFunction>();
  return (object) => {
    const type = typeOf(object.apiVersion, object.kind);
    const schema = schemas.get(type);
    if (schema === undefined) return [`there is no ${type}`];
    const validate = compiled.get(type) ?? ajv.compile(schema);
    compiled.set(type, validate);
    validate(object);
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath, message, params["additionalProperty"]].filter(Boolean).join(" "),
    );
  };
}

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

function builtInSchemas(ajv: Ajv, file: string): readonly (readonly [string, Schema])[] {
  const { definitions } = JSON.parse(readFileSync(file, "utf8")) as {
    definitions: Readonly<Record<string, Schema>>;
  };
  ajv.addSchema({ $id: definitionsId, definitions: strictDefinitions(definitions) });
  return Object.entries(definitions).flatMap(([name, definition]) => {
    const kinds = definition["x-kubernetes-group-version-kind"] as GroupVersionKind[] | undefined;
    return (kinds ?? []).map(
      ({ group, version, kind }) =>
        [
          typeOf(group === "" ? version : `${group}/${version}`, kind),
          { $ref: `${definitionsId}#/definitions/${name}` },
        ] as const,
    );
  });
}

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

function crdSchemas(file: string): readonly (readonly [string, Schema])[] {
  const documents = parseAllDocuments(readFileSync(file, "utf8"))
    .map((document) => document.toJS() as CustomResourceDefinition | null)
    .filter((crd) => crd !== null);
  return documents.flatMap(({ spec }) =>
    spec.versions.map(
      ({ name, schema }) =>
        [
          typeOf(`${spec.group}/${name}`, spec.names.kind),
          wholeObject(schema.openAPIV3Schema),
        ] as const,
    ),
  );
}

/** What every object has is not in a CRD's schema; the API server adds it. */
function wholeObject(schema: Schema): Schema {
  return strict({
    ...schema,
    required: ["apiVersion", "kind", "metadata", ...((schema["required"] ?? []) as string[])],
    properties: {
      ...(schema["properties"] as Schema),
      apiVersion: { type: "string" },
      kind: { type: "string" },
      metadata: {
        $ref: `${definitionsId}#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta`,
      },
    },
  });
}

function typeOf(apiVersion: string, kind: string): string {
  return `${apiVersion} ${kind}`;
}
