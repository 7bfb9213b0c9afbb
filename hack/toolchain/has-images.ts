import { execa } from "execa";

/** Whether the container engine has all of these images. */
export async function hasImages(names: readonly string[]): Promise<boolean> {
  const found = await execa("docker", ["image", "inspect", "--format", "{{.Id}}", ...names], {
    reject: false,
  });
  return found.exitCode === 0;
}
