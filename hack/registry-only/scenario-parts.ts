import { bookinfoParts } from "./bookinfo-parts.ts";
import { program } from "./go-program.ts";
import type { Part } from "./part.ts";
import { roleImage } from "./role-image.ts";

const helloApp: Part = {
  name: "hello-app",
  version: "1",
  from: "stand-in: hack/registry-only/go/hello-app",
  recipe: { kind: "go", wrapper: "hello-app", packages: ["."], output: "hello-app" },
};

const helloImages: Part = {
  name: "hello-images",
  version: "1",
  from: "stand-in for google-samples/hello-app: hack/registry-only/go/hello-app",
  recipe: {
    kind: "images",
    images: ["1.0.0", "2.0.0"].map((version) => ({
      name: `hello-app-${version.slice(0, 1)}`,
      folder: "hello-app",
      files: [{ part: "hello-app", path: "hello-app" }],
      args: { VERSION: version },
    })),
  },
};

/** Images that one scenario or another needs, built when the first one does. */
export const scenarioParts: readonly Part[] = [
  helloApp,
  helloImages,
  program("fortio", "1.63.9", "fortio.org/fortio", "fortio"),
  roleImage("fortio", "1.63.9", "fortio", "fortio"),
  ...bookinfoParts,
];
