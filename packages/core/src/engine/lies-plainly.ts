import { dirname, join } from "node:path";
import type { FileFact } from "../disk/read-fs.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { isPlainName } from "./path-in-store.ts";

/**
 * Tells whether every directory between the sessions directory and a name in it is a directory itself and no link, so that
 * the name does not lead out (docs/invariants.md I6). True at once for a name that lies directly in it.
 * @param name relative to the sessions directory
 */
export function liesPlainly(fs: WriteFs, realDir: string, name: string): boolean {
  return isPlainName(name) || factsAbove(fs, realDir, name).every((fact) => fact?.kind === "directory");
}

/** {@link liesPlainly}, but a directory may be missing: then it is made on the way. */
export function mayLiePlainly(fs: WriteFs, realDir: string, name: string): boolean {
  return isPlainName(name) || factsAbove(fs, realDir, name).every(mayBeDir);
}

function mayBeDir(fact: FileFact | undefined): boolean {
  return fact === undefined || fact.kind === "directory";
}

function factsAbove(fs: WriteFs, realDir: string, name: string): readonly (FileFact | undefined)[] {
  const facts: (FileFact | undefined)[] = [];
  for (let dir = dirname(name); dir !== "."; dir = dirname(dir)) facts.push(fs.lstat(join(realDir, dir)));
  return facts;
}
