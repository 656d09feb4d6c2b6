// Brings a checkout to the point where its built code can run, and does nothing when it is there already.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const stampPath = join(root, "node_modules", ".cache", "sessionsmith", "built");
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };

/** Installs with the frozen lockfile and builds, unless lockfile, Node version and sources are those of the last time. */
export function ensureBuilt() {
  const stamp = inputsHash();
  if (existsSync(stampPath) && readFileSync(stampPath, "utf8") === stamp && packagesAreBuilt()) return;
  pnpm("install", "--frozen-lockfile", "--prefer-offline");
  pnpm("run", "build");
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, stamp);
}

/** Runs the pinned pnpm: the one on PATH if it is that version, otherwise through npx, which also puts it on PATH for turbo. */
export function pnpm(...args) {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const version = packageManager.split("@")[1];
  const [command, prefix] = pnpmOnPath(version)
    ? ["pnpm", []]
    : ["npx", ["--yes", `--package=${packageManager}`, "--", "pnpm"]];
  // Standard output belongs to the command that runs afterwards.
  execFileSync(command, [...prefix, ...args], { cwd: root, env, stdio: ["ignore", 2, 2] });
}

/** Runs a program with this Node and this terminal, and makes its exit code ours. */
export function runNode(...args) {
  const { status, signal } = spawnSync(process.execPath, args, { env, stdio: "inherit" });
  process.exitCode = signal === null ? (status ?? 1) : 1;
}

function pnpmOnPath(version) {
  const { status, stdout } = spawnSync("pnpm", ["--version"], { cwd: root, env, encoding: "utf8" });
  return status === 0 && stdout.trim() === version;
}

function inputsHash() {
  const hash = createHash("sha256").update(process.version);
  for (const path of inputFiles())
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  return hash.digest("hex");
}

function* inputFiles() {
  yield* ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "tsconfig.base.json", "turbo.json"];
  for (const dir of packageDirs()) {
    yield* [join(dir, "package.json"), join(dir, "tsconfig.json")];
    const sources = readdirSync(join(root, dir, "src"), { recursive: true, withFileTypes: true });
    const files = sources
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    yield* files.toSorted().map((path) => path.slice(root.length + 1));
  }
}

function packagesAreBuilt() {
  return packageDirs().every(
    (dir) => existsSync(join(root, dir, "dist")) && existsSync(join(root, dir, "node_modules")),
  );
}

function packageDirs() {
  return ["packages", "apps"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(group, name)),
  );
}
