import { fileIdentity, type ReadableFile, type ReadFs, StoreError } from "@sessionsmith/core";

/**
 * A file that is opened anew for each read, so that it can be read piece by piece; it has to stay what it was.
 * @returns undefined if there is no such file
 */
export function reopenedFile(fs: ReadFs, path: string): ReadableFile | undefined {
  const fact = fs.withFile(path, (file) => file.fact);
  if (fact === undefined) return undefined;
  const before = JSON.stringify(fileIdentity(fact));
  return {
    fact,
    read: (into, position) => {
      const bytes = fs.withFile(path, (file) =>
        JSON.stringify(fileIdentity(file.fact)) === before ? file.read(into, position) : undefined,
      );
      if (bytes !== undefined) return bytes;
      throw new StoreError("E_STALE_PLAN", `${path} was changed while it was read. Nothing was changed.`, {
        hint: "Import it again when nobody writes to it.",
        details: { path },
      });
    },
  };
}
