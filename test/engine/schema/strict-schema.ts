/** A JSON schema, or any part of one. */
export type Schema = { readonly [keyword: string]: unknown };

/** Kubernetes spells these types as strings in OpenAPI 2, and takes more. */
const wider: Readonly<Record<string, Schema>> = {
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { type: ["string", "integer"] },
  "io.k8s.apimachinery.pkg.api.resource.Quantity": { type: ["string", "number"] },
};

/**
 * The schema as the API server's strict field validation reads it: a field that is not declared is a fault, except
 * where the schema asks to keep unknown ones.
 */
export function strict(schema: Schema): Schema {
  return convert(schema, true);
}

/** All definitions of an OpenAPI 2 document, strict. */
export function strictDefinitions(
  definitions: Readonly<Record<string, Schema>>,
): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, wider[name] ?? strict(schema)]),
  );
}

function convert(schema: Schema, closed: boolean): Schema {
  const { nullable, ...rest } = schema;
  const converted = Object.fromEntries(
    Object.entries(rest).map(([keyword, value]) => [
      keyword,
      convertKeyword(keyword, value, closed),
    ]),
  );
  if (nullable === true && typeof rest["type"] === "string") {
    converted["type"] = [rest["type"], "null"];
  }
  return closed && isClosed(schema) ? { ...converted, additionalProperties: false } : converted;
}

function convertKeyword(keyword: string, value: unknown, closed: boolean): unknown {
  switch (keyword) {
    case "properties":
      return mapped(value as Readonly<Record<string, Schema>>, closed);
    case "items":
    case "additionalProperties":
      return typeof value === "object" ? convert(value as Schema, closed) : value;
    // Branches name only the fields they are about: the whole is declared beside them.
    case "not":
      return convert(value as Schema, false);
    case "oneOf":
    case "anyOf":
    case "allOf":
      return (value as Schema[]).map((branch) => convert(branch, false));
    default:
      return value;
  }
}

function mapped(properties: Readonly<Record<string, Schema>>, closed: boolean): Schema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, convert(schema, closed)]),
  );
}

function isClosed(schema: Schema): boolean {
  return (
    "properties" in schema &&
    !("additionalProperties" in schema) &&
    schema["x-kubernetes-preserve-unknown-fields"] !== true
  );
}
