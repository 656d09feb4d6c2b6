import type { FileFact } from "../disk/read-fs.ts";
import type { FileIdentity } from "./step.ts";

/** Tells whether a regular file is still the one that the plan looked at. */
export function hasIdentity(fact: FileFact, expect: FileIdentity): boolean {
  return (
    fact.kind === "file" &&
    String(fact.dev) === expect.dev &&
    String(fact.ino) === expect.ino &&
    fact.size === expect.size &&
    String(fact.mtimeNs) === expect.mtimeNs
  );
}

/** Tells whether a regular file is still the one that was looked at earlier. */
export function isUnchanged(fact: FileFact, earlier: FileFact): boolean {
  return (
    fact.kind === "file" &&
    fact.dev === earlier.dev &&
    fact.ino === earlier.ino &&
    fact.size === earlier.size &&
    fact.mtimeNs === earlier.mtimeNs
  );
}

/** What a file must still be later, taken from what it is now. */
export function fileIdentity(fact: Pick<FileFact, "dev" | "ino" | "size" | "mtimeNs">): FileIdentity {
  return { dev: String(fact.dev), ino: String(fact.ino), size: fact.size, mtimeNs: String(fact.mtimeNs) };
}
