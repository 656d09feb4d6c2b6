import { basename, dirname, join, sep } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { defaultIndexName } from "../layout/classify-file-name.ts";
import { ownDirectoryName } from "../layout/contained-path.ts";

/** OpenClaw's settings, and our own beside them. */
const settingsNames: ReadonlySet<string> = new Set(["openclaw.json", "sessionsmith.json5"]);

/**
 * Tells whether a file lies where stores have theirs: in a sessions directory, in our own directory inside it, or under the name of the
 * settings. Such a file is never replaced by an output, whatever the operator confirms.
 * @param path absolute
 * @throws Node's error if the place can't be looked at
 */
export function belongsToStore(fs: ReadFs, path: string): boolean {
  if (settingsNames.has(basename(path)) || isInOwnDirectory(fs, path)) return true;
  const dir = dirname(path);
  return [defaultIndexName, ownDirectoryName].some((name) => fs.lstat(join(dir, name)) !== undefined);
}

/**
 * Tells whether a file lies in our own directory, or would: by its path, or by where a link on the way leads. Nothing is ever put there
 * by an output, not even a new file. Cases are folded, because some file systems do.
 * @param path absolute
 * @throws Node's error if the place can't be looked at
 */
export function isInOwnDirectory(fs: ReadFs, path: string): boolean {
  return [path, presentDir(fs, dirname(path))].some((one) =>
    one.toLowerCase().split(sep).includes(ownDirectoryName),
  );
}

/** Where the nearest directory that is there really lies; those below it may still have to be made. */
function presentDir(fs: ReadFs, dir: string): string {
  const parent = dirname(dir);
  return fs.realpath(dir) ?? (parent === dir ? dir : presentDir(fs, parent));
}
