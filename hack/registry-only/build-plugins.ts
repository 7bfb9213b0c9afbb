/** Makes the plugin stand-ins in a folder. Loaded on demand: it brings a bundler with it. */
export async function buildPluginStandIns(folder: string): Promise<void> {
  const { buildPlugins } = await import("./plugins/build.ts");
  await buildPlugins(folder);
}
