import type { ReadFs } from "../disk/read-fs.ts";
import { findFileAliases } from "./file-aliases.ts";
import type { ReferenceContext } from "./reference-graph.ts";
import { relateFiles } from "./related-files.ts";
import { openStorePlace } from "./store-place.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";

/** Prepares the lookups for further references to the files of a snapshot. Throws E_NOT_FOUND or E_IO if its directory is gone. */
export function referenceContext(
  fs: ReadFs,
  { target, realDir, files }: Pick<StoreSnapshot, "target" | "realDir" | "files">,
): ReferenceContext {
  return {
    place: openStorePlace(fs, target),
    related: relateFiles(files),
    aliases: findFileAliases(fs, realDir, files),
  };
}
