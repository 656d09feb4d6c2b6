import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { repoRoot } from "./repo-root.ts";

/** A Node that an install brought along, beside the one that the tests run on. */
export interface InstalledNode {
  readonly version: string;
  /** Absolute path of the program. */
  readonly path: string;
}

const manifestPath = join(repoRoot, "apps/lab/package.json");

/**
 * The newer Node of a system; undefined if the manifest of the lab names none for it.
 * @param system as in `linux-x64`
 * @throws Node's MODULE_NOT_FOUND if it is named and not installed
 */
export function newerNode(system: string): InstalledNode | undefined {
  const manifest: { readonly optionalDependencies: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(manifestPath, "utf8"),
  );
  const [name, version] =
    Object.entries(manifest.optionalDependencies).find(([one]) => one === `node-${system}`) ?? [];
  if (name === undefined || version === undefined) return undefined;
  const dir = dirname(createRequire(manifestPath).resolve(`${name}/package.json`));
  return { version, path: join(dir, "bin/node") };
}
