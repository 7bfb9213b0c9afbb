import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link CaFile}. */
export interface CaFileArgs {
  /** Absolute path of the file. */
  readonly path: string;
  /** The authority's certificate: public. */
  readonly certPem: pulumi.Input<string>;
}

/** The CA certificate as a file that `curl --cacert` takes; it goes when the component goes. */
export class CaFile extends pulumi.ComponentResource {
  /** The path, once the file is there. */
  readonly path: pulumi.Output<string>;

  constructor(name: string, args: CaFileArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:certs:CaFile", name, {}, opts);
    const write = 'mkdir -p "$(dirname "$FILE")" && cat > "$FILE" && printf %s "$FILE"';
    const file = new command.local.Command(
      `${name}-write`,
      {
        create: write,
        update: write,
        delete: 'rm -f "$FILE"; rmdir "$(dirname "$FILE")" 2>/dev/null || true',
        environment: { FILE: args.path },
        stdin: args.certPem,
        logging: "none",
      },
      { parent: this, deleteBeforeReplace: true },
    );
    this.path = file.stdout;
    this.registerOutputs({ path: this.path });
  }
}
