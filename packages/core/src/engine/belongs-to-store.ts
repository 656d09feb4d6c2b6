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
  if (settingsNames.has(basename(path)) || path.split(sep).includes(ownDirectoryName)) return true;
  const dir = dirname(path);
  return [defaultIndexName, ownDirectoryName].some((name) => fs.lstat(join(dir, name)) !== undefined);
}
