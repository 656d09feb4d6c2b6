import type { FileFact } from "./read-fs.ts";

/** What tells a file that was not touched from one that was. */
export type FileStamp = Pick<FileFact, "dev" | "ino" | "size" | "mtimeNs" | "ctimeNs">;

/**
 * Tells whether two looks saw the same file with the same content. The time of the last change of any kind counts too: that of the
 * content may be set by programs.
 */
export function isUntouched(before: FileStamp, after: FileStamp): boolean {
  return (
    before.dev === after.dev &&
    before.ino === after.ino &&
    before.size === after.size &&
    before.mtimeNs === after.mtimeNs &&
    before.ctimeNs === after.ctimeNs
  );
}
