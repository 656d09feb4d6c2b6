import { join } from "node:path";
import type { FileFact, ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { classifyFileName } from "../layout/classify-file-name.ts";
import { ownDirectoryName } from "../layout/contained-path.ts";
import { type IndexRead, readIndex } from "../session-index/read-index.ts";
import { lookAt } from "./sessions-directory.ts";
import type { StorePlace } from "./store-place.ts";

/** An earlier state of an index, kept by whoever wrote it, or left over by a crash. */
export interface IndexBackup {
  /** Path relative to the sessions directory. */
  readonly name: string;
  readonly read: Exclude<IndexRead, { readonly state: "absent" }>;
}

/**
 * Reads the earlier states of an index that lie about: `<index>.bak…`, temporary files of the index that nobody put in its place, and the
 * index before each operation of this product. Only regular files; one that can't be read for its content is among them.
 */
export function readIndexBackups(
  fs: ReadFs,
  { realDir, indexName }: Pick<StorePlace, "indexName" | "realDir">,
): readonly IndexBackup[] {
  const beside = list(fs, realDir).filter((name) => isBackupName(name, indexName));
  const operations = `${ownDirectoryName}/operations`;
  const kept = list(fs, join(realDir, operations)).map((id) => `${operations}/${id}/index.before`);
  return [...beside, ...kept].flatMap((name) => backupAt(fs, realDir, name));
}

/** Backups under any name that begins with the index's and `.bak`; temporary files as OpenClaw 2026.5.28 and this product name them. */
function isBackupName(name: string, indexName: string): boolean {
  return name.startsWith(`${indexName}.bak`) || classifyFileName(name, { indexName }).kind === "index-temp";
}

function backupAt(fs: ReadFs, realDir: string, name: string): readonly IndexBackup[] {
  const path = join(realDir, name);
  const fact: FileFact | string = lookAt(fs, path);
  if (typeof fact === "string" || fact.kind !== "file") return [];
  const read = readIndex(fs, path);
  return read.state === "absent" ? [] : [{ name, read }];
}

function list(fs: ReadFs, path: string): readonly string[] {
  try {
    return fs.readdir(path) ?? [];
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return [];
  }
}
