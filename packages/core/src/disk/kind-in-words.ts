import type { FileKind } from "./read-fs.ts";

/** What something is that stands where it should not, for a message: `a directory`, `a symbolic link`. */
export function kindInWords(kind: FileKind): string {
  return kind === "symlink" ? "a symbolic link" : `a ${kind}`;
}
