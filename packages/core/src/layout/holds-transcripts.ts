import type { ReadFs } from "../disk/read-fs.ts";
import { classifyFileName } from "./classify-file-name.ts";

/** Tells whether a directory has an entry that is named like a transcript. Throws Node's error for every failure but ENOENT. */
export function holdsTranscripts(fs: ReadFs, directory: string): boolean {
  return (fs.readdir(directory) ?? []).some((name) => classifyFileName(name).kind === "transcript");
}
