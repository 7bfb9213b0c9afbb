// Starts a lab command: `node hack/lab/run.mjs up`. Plain JavaScript without dependencies, because it
// runs before there are any, on whatever Node the system has: it installs the npm packages where they
// are missing, then goes on with the Node that came with them.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync, realpathSync } from "node:fs";
import http from "node:http";
import module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const node = join(root, "node_modules", ".bin", "node");

const [command, ...args] = process.argv.slice(2);
const script = command?.endsWith(".ts")
  ? join(root, command)
  : join(root, "hack", "lab", `${command}.ts`);

if (!packagesAreInstalled()) installPackages();
handOver();

/** Whether node_modules holds the very versions of package-lock.json, and a Node that the lab can run on. */
function packagesAreInstalled() {
  try {
    const wanted = packagesIn(join(root, "package-lock.json"));
    const installed = packagesIn(join(root, "node_modules", ".package-lock.json"));
    return (
      (existsSync(node) || hasWhatIsUsed()) &&
      Object.entries(wanted).every(
        ([path, { version, optional, devOptional }]) =>
          path === "" ||
          installed[path]?.version === version ||
          // Those of other platforms are left out; one that is here must be the right one.
          ((optional || devOptional) && installed[path] === undefined),
      )
    );
  } catch {
    return false;
  }
}

function packagesIn(lockfile) {
  return JSON.parse(readFileSync(lockfile, "utf8")).packages;
}

function installPackages() {
  // npm ci empties the folder, and with a link that would be somebody else's.
  if (lstatSync(join(root, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink()) {
    console.error("npm packages are old and node_modules is a link: run npm ci where it leads to");
    process.exit(1);
  }
  console.error("npm packages are missing or old: running npm ci first");
  const result = spawnSync("npm", ["ci", "--no-fund", "--no-audit"], {
    cwd: root,
    // On stderr, since `npm run env` is read by the shell.
    stdio: ["inherit", 2, 2],
  });
  if (result.status === 0) return;
  console.error(
    "npm ci did not finish, so the lab has neither its packages nor its Node: see npm's message above, " +
      "mend it (network, registry, disk), and run the same command again",
  );
  process.exit(1);
}

/** Goes on with the lab's own Node: here when this is it, else in a child that starts from the top. */
function handOver() {
  if (isOwn()) return goOn();
  if (!existsSync(node)) return goOnOrRefuse("npm has no Node for it");
  const child = spawn(node, process.argv.slice(1), { stdio: "inherit" });
  // Such as on a Linux with another C library.
  child.on("error", ({ code }) => goOnOrRefuse(`the Node from npm does not start (${code})`));
  // A terminal sends Ctrl-C to the child as well, and it knows how to end.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
}

function goOn() {
  // Compiled once, the lab's own commands start in half the time.
  module.enableCompileCache(join(root, "node_modules", ".cache", "compile"));
  process.argv = [process.execPath, script, ...args];
  import(script).catch(fail);
}

function goOnOrRefuse(why) {
  if (hasWhatIsUsed()) return goOn();
  console.error(
    `this machine is ${process.platform}/${process.arch}, ${why}, and its own is ${process.version}: ` +
      "too old for the lab. Run the same command on Node 26, from nodejs.org or your distribution",
  );
  process.exit(1);
}

function isOwn() {
  // A Node that npm ci has just taken away is not the one it brought.
  return (
    [process.execPath, node].every(existsSync) &&
    realpathSync(process.execPath) === realpathSync(node)
  );
}

/** Whether this Node will do where npm has none: asked for what is used, since no range of versions tells it. */
function hasWhatIsUsed() {
  return http.setGlobalProxyFromEnv !== undefined && process.features.typescript === "strip";
}

function fail(error) {
  const lost = error.code === "ERR_MODULE_NOT_FOUND" && /package '([^']+)'/.exec(error.message);
  console.error(lost ? `the npm package ${lost[1]} is missing: run npm ci` : error);
  process.exit(1);
}
