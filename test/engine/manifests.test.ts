import { beforeAll, describe, expect, test } from "vitest";
import { manifestFiles, objectsOf } from "../support/manifest-files.ts";
import { findSchemas, type FoundSchemas } from "./schema/schema-files.ts";
import { objectValidator, type Validator } from "./schema/validator.ts";

let schemas: FoundSchemas;
let faultsOf: Validator;

beforeAll(async () => {
  schemas = await findSchemas();
  if ("files" in schemas) faultsOf = objectValidator(schemas.files);
});

// Before any step is rendered, and file by file: a fault there would stop the rendering of all steps.
describe.each(manifestFiles)("%s", (file) => {
  test("holds only objects that an API server takes, strictly read", (context) => {
    if ("missing" in schemas) context.skip(schemas.missing);
    const faults = objectsOf(file).flatMap((object) =>
      faultsOf(object).map((fault) => `${object.kind} ${object.metadata.name}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });
});
