import { type FileFact, fileIdentity, type ReadableFile, type ReadFs, StoreError } from "@sessionsmith/core";

/**
 * A file that is opened anew for each read, so that it can be read piece by piece.
 * @param change whether it has to stay what it was, or may get longer meanwhile; then it ends where it ended at first
 * @returns undefined if there is no such file
 */
export function reopenedFile(
  fs: ReadFs,
  path: string,
  change: "may-grow" | "none" = "none",
): ReadableFile | undefined {
  const fact = fs.withFile(path, (file) => file.fact);
  if (fact === undefined) return undefined;
  const isSame = change === "none" ? sameContent(fact) : sameFile(fact);
  return {
    fact,
    read: (into, position) => {
      const bytes = fs.withFile(path, (file) => (isSame(file.fact) ? file.read(into, position) : undefined));
      if (bytes !== undefined) return bytes;
      throw new StoreError("E_STALE_PLAN", `${path} was changed while it was read.`, {
        hint: "Try again when nobody writes to it.",
        details: { path },
      });
    },
  };
}

function sameContent(before: FileFact): (fact: FileFact) => boolean {
  const identity = JSON.stringify(fileIdentity(before));
  return (fact) => JSON.stringify(fileIdentity(fact)) === identity;
}

function sameFile(before: FileFact): (fact: FileFact) => boolean {
  return ({ dev, ino, size }) => dev === before.dev && ino === before.ino && size >= before.size;
}
