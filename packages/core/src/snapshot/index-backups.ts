import { join } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { classifyFileName } from "../layout/classify-file-name.ts";
import { ownDirectoryName } from "../layout/contained-path.ts";
import { lookOrFail } from "../layout/disk-error.ts";
import { StoreError } from "../store-error.ts";
import { type IndexRead, readIndex } from "../session-index/read-index.ts";
import type { StorePlace } from "./store-place.ts";

/** An earlier state of an index, kept by whoever wrote it, or left over by a crash. */
export interface IndexBackup {
  /** Path relative to the sessions directory. */
  readonly name: string;
  readonly read: Exclude<IndexRead, { readonly state: "absent" }>;
}

/**
 * Reads the earlier states of an index that lie about: `<index>.bak…`, temporary files of the index that nobody put in its place, and the
 * index before each operation of this product. Only regular files; one whose content is no index is among them.
 * @throws StoreError E_IO for one that can't be read: what it holds can't be left out unseen
 */
export function readIndexBackups(
  fs: ReadFs,
  { realDir, indexName }: Pick<StorePlace, "indexName" | "realDir">,
): readonly IndexBackup[] {
  const list = (path: string) => lookOrFail("E_IO", path, () => fs.readdir(path)) ?? [];
  const beside = list(realDir).filter((name) => isBackupName(name, indexName));
  const operations = `${ownDirectoryName}/operations`;
  const kept = list(join(realDir, operations)).map((id) => `${operations}/${id}/index.before`);
  return [...beside, ...kept].flatMap((name) => backupAt(fs, realDir, name));
}

/** Backups under any name that begins with the index's and `.bak`; temporary files as OpenClaw 2026.5.28 and this product name them. */
function isBackupName(name: string, indexName: string): boolean {
  return name.startsWith(`${indexName}.bak`) || classifyFileName(name, { indexName }).kind === "index-temp";
}

function backupAt(fs: ReadFs, realDir: string, name: string): readonly IndexBackup[] {
  const path = join(realDir, name);
  if (lookOrFail("E_IO", path, () => fs.lstat(path))?.kind !== "file") return [];
  const read = readIndex(fs, path);
  if (read.state === "absent") return [];
  if (read.state === "readable" || read.content !== undefined) return [{ name, read }];
  const { problem, errno } = read.failure;
  throw new StoreError(
    "E_IO",
    `${path}, a backup of the index, can't be read: ${problem}. Nothing was changed.`,
    {
      hint: "Rows may be in it that are nowhere else. Mend its permissions or the disk, or move it away if it is of no use.",
      details: { path, ...(errno === undefined ? {} : { errno }) },
    },
  );
}
