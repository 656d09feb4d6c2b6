import { sep } from "node:path";
import { FactTable } from "../disk/fact-table.ts";
import type { FileFact, ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { classifyFileName } from "../layout/classify-file-name.ts";
import { ownDirectoryName, type SessionsPlace } from "../layout/contained-path.ts";
import { lookOrFail } from "../layout/disk-error.ts";
import type { StoreFile } from "./store-file.ts";

/** What one `readdir` and one `lstat` a name told of a sessions directory. */
export interface SessionsDirectory {
  /** Every name that was listed, in order. */
  readonly names: readonly string[];
  /** Whether a name was listed. What is listed exists, whether it could be looked at or not. */
  readonly isListed: (name: string) => boolean;
  /** Every entry but the index and the directory `.sessionsmith`, by name, in name order. */
  readonly files: ReadonlyMap<string, StoreFile>;
  /** Names that `lstat` failed on, with its errno. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/** Reads the sessions directory; undefined if it is gone. Throws E_IO if it can't be listed. */
export function readSessionsDirectory(fs: ReadFs, place: SessionsPlace): SessionsDirectory | undefined {
  const { realDir, indexName } = place;
  const names = lookOrFail("E_IO", realDir, () => fs.readdir(realDir));
  if (names === undefined) return undefined;
  const facts = new FactTable(names.length);
  const files = new Map<string, StoreFile>();
  const unreadable = new Map<string, string>();
  for (const name of names) {
    if (name === indexName) continue;
    const look = lookAt(fs, realDir + sep + name);
    if (name === ownDirectoryName && (typeof look === "string" || look.kind === "directory")) continue;
    if (typeof look === "object")
      files.set(name, { name, fact: facts.add(look), nameClass: classifyFileName(name, { indexName }) });
    // A name that is gone again is no trouble, unless it never was the real one: its bytes are not UTF-8.
    else if (look !== "ENOENT" || name.includes("\ufffd")) unreadable.set(name, look);
  }
  return { names, isListed: membership(names), files, unreadable };
}

/** Whether something is in a list; made for the first question, for most directories are asked none. */
function membership(names: readonly string[]): (name: string) => boolean {
  let set: ReadonlySet<string> | undefined;
  return (name) => (set ??= new Set(names)).has(name);
}

/** What is at a path, or the errno of the failure to look. */
export function lookAt(fs: ReadFs, path: string): FileFact | string {
  try {
    return fs.lstat(path) ?? "ENOENT";
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return errno;
  }
}
