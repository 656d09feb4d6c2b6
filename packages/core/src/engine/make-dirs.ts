import { dirname } from "node:path";
import type { FileFact } from "../disk/read-fs.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { errnoOf } from "../errno.ts";
import { makeOwnDir } from "./make-own-dir.ts";

/** Makes a directory and what is missing above it; returns what is known of it. */
export function makeDirs(fs: WriteFs, path: string): FileFact {
  const present = fs.stat(path);
  if (present !== undefined) return present;
  const parent = makeDirs(fs, dirname(path));
  try {
    makeOwnDir(fs, path, parent);
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
  }
  const made = fs.stat(path);
  if (made === undefined) throw new Error(`${path} went away after it was made`);
  return made;
}
