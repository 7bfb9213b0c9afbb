import { runLive } from "../toolchain/run-live.ts";

/** The classic builder is everywhere; BuildKit is a package of its own that a bare machine lacks. */
const classicBuilder = { DOCKER_BUILDKIT: "0" };

/** Builds and tags an image from a folder with a Dockerfile. */
export async function dockerBuild(
  folder: string,
  name: string,
  args: Readonly<Record<string, string>>,
  report: (line: string) => void,
): Promise<void> {
  const buildArgs = Object.entries(args).flatMap(([key, value]) => [
    "--build-arg",
    `${key}=${value}`,
  ]);
  await runLive("docker", ["build", "--network=none", "--tag", name, ...buildArgs, folder], {
    env: classicBuilder,
    report,
  });
}
