import type { FileFact } from "../disk/read-fs.ts";
import type { FileClass } from "../layout/file-name.ts";

/** One entry of the sessions directory. */
export interface StoreFile {
  /** Name inside the sessions directory; a path below it only for the prompts that `addPromptBlobs` finds. */
  readonly name: string;
  /** From `lstat`; `nlink` does not count names under `.sessionsmith/`. */
  readonly fact: FileFact;
  /** What the name says it is. */
  readonly nameClass: FileClass;
}
