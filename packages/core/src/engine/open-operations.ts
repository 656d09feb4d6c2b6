import { dirname, join } from "node:path";
import type { WriteFs } from "../disk/write-fs.ts";
import { makeOwnDir } from "./make-own-dir.ts";
import { addName } from "./move-name.ts";
import { isOperationId } from "./operation-id.ts";
import { openDir } from "./operation-paths.ts";
import { isUnfinished, readOperations } from "./read-operation.ts";
import { unlinkIfThere } from "./unlink-if-there.ts";

/** An operation on one store. */
export interface OpenOperation {
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  readonly id: string;
}

/**
 * Notes that an operation is not over, as a name on stable storage; its folder is made afterwards. So whoever comes next
 * reads the journals of these only, however many operations there have been.
 */
export function markOpen(
  fs: WriteFs,
  { realDir, id }: OpenOperation,
  owner: { readonly uid: number; readonly gid: number },
): void {
  const dir = openDir(realDir);
  for (const path of [dirname(dir), dir]) makeOwnDir(fs, path, owner);
  fs.createFile(join(dir, id), 0o600, (file) => {
    if (file.fact.uid !== owner.uid) file.setOwner(owner.uid, owner.gid);
  });
  fs.syncDir(dir);
}

/**
 * The same for a purge, without a new file, so that it works on a full disk: the journal, which is to go anyway, becomes the
 * note. Afterwards the folder has no journal, and after a crash the next recovery takes the rest away.
 */
export function turnIntoMark(fs: WriteFs, { realDir, id }: OpenOperation, journal: string): void {
  const dir = openDir(realDir);
  if (fs.lstat(dir) !== undefined && fs.lstat(join(dir, id)) === undefined) {
    addName(fs, journal, join(dir, id));
    fs.syncDir(dir);
  }
  unlinkIfThere(fs, journal);
}

/** Takes the note away; the end of the operation, or that its folder is gone, must be on stable storage. */
export function unmarkOpen(fs: WriteFs, { realDir, id }: OpenOperation): void {
  unlinkIfThere(fs, join(openDir(realDir), id));
}

/**
 * The operations of a store that may not be over, oldest first. If the directory of the notes is not there, every journal
 * is read.
 * @throws StoreError E_JOURNAL_PENDING for a journal that can't be understood; Node's errors
 */
export function openOperationIds(fs: WriteFs, realDir: string): readonly string[] {
  const marked = fs.readdir(openDir(realDir));
  if (marked !== undefined) return marked.filter(isOperationId);
  return readOperations(fs, realDir)
    .filter(isUnfinished)
    .map(({ id }) => id);
}
