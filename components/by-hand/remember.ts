import * as pulumi from "@pulumi/pulumi";
import { signatureLeft, type LabObjects } from "./lab-objects.ts";
import type { ObjectMetadata } from "./managed-fields.ts";
import { writeNotes, type Notes } from "./notes.ts";

/**
 * Notes how this `up` leaves the objects, each as Pulumi tells it once it is done with it; those it does not get to
 * stay as they were noted. Without a question to the cluster.
 */
export function rememberObjects(
  stackFolder: string,
  before: Notes,
  objects: LabObjects,
  mended: Notes["putBack"],
): void {
  const putBack = { ...before.putBack, ...objects.putBack, ...mended };
  const rolled = { ...before.rolled, ...objects.pods.rolled };
  // Before anything is put back: the same count would not be noticed.
  writeNotes(stackFolder, { ...before, putBack, rolled });
  const signatures: Record<string, string> = {};
  for (const object of objects.all) {
    const noted = before.signatures[object.key];
    if (noted !== undefined) signatures[object.key] = noted;
    const { metadata } = object.resource as unknown as { metadata: pulumi.Output<ObjectMetadata> };
    pulumi.unsecret(metadata).apply((left) => {
      signatures[object.key] = signatureLeft(object, left);
    });
  }
  process.once("exit", () => {
    writeNotes(stackFolder, { signatures, putBack, rolled, sidecars: objects.pods.sidecars });
  });
}
