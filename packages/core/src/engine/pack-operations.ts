import { join } from "node:path";
import { readWholeFile } from "../disk/read-bytes.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import type { EngineHost } from "./engine-host.ts";
import { operationPaths } from "./operation-paths.ts";
import { pack, packedPath, unpack } from "./packed-file.ts";
import { readOperations, type StoredOperation } from "./read-operation.ts";
import { stageFile } from "./stage-file.ts";
import { trashName } from "./trash-name.ts";
import { withLocks } from "./with-locks.ts";

/** Which operations are packed. */
export interface PackSelection {
  /** Ended at least this long ago, in ms. */
  readonly olderThanMs: number;
  readonly lockTimeoutMs: number;
}

/** What packing the trash of one operation gave back. */
export interface PackedOperation {
  readonly id: string;
  /** Files that are packed now and were not before. */
  readonly files: number;
  /** Bytes that they took less. */
  readonly reclaimedBytes: number;
  /** Files that stay as they are: too large, with another name elsewhere, or not smaller when packed. */
  readonly skipped: number;
}

/** A larger file is not packed: it is held in memory while it is. */
const largestFileBytes = 256 * 1024 * 1024;

/**
 * Compresses the files that operations retired into their trash. Each packed file is on stable storage and has been read back
 * and compared before the original goes, so a crash leaves at least one of them whole; a second run goes on.
 * An undo unpacks. Operations of which nothing could be packed are left out of the answer.
 * @throws StoreError E_LOCKED, E_JOURNAL_PENDING; Node's errors, ENOSPC among them: then what was packed stays packed
 */
export async function packOperations(
  host: EngineHost,
  realDir: string,
  { olderThanMs, lockTimeoutMs }: PackSelection,
): Promise<readonly PackedOperation[]> {
  const latest = host.clock.now() - olderThanMs;
  const isOld = ({ record }: StoredOperation) => record?.end !== undefined && record.end.endedAt <= latest;
  if (!readOperations(host.fs, realDir).some(isOld)) return [];
  return withLocks(host, { dirs: [realDir], timeoutMs: lockTimeoutMs }, () =>
    readOperations(host.fs, realDir)
      .filter(isOld)
      .map((operation) => packOperation(host.fs, operation))
      .filter(({ files, skipped }) => files + skipped > 0),
  );
}

function packOperation(fs: WriteFs, { id, realDir, record }: StoredOperation): PackedOperation {
  const { files: dir } = operationPaths(realDir, id);
  let [files, reclaimedBytes, skipped] = [0, 0, 0];
  for (const [n, step] of (record?.steps ?? []).entries()) {
    // What a write-file step replaced is copied back from where it lies, so it stays as it is.
    if (step.kind !== "move-file" || step.to !== trashName(id, n)) continue;
    const saved = packFile(fs, dir, join(realDir, step.to));
    if (saved === "absent") continue;
    if (saved === "skipped") skipped += 1;
    else {
      files += 1;
      reclaimedBytes += saved;
    }
  }
  return { id, files, reclaimedBytes, skipped };
}

/** Returns the bytes that were saved. */
function packFile(fs: WriteFs, dir: string, path: string): number | "absent" | "skipped" {
  const packed = packedPath(path);
  const file = readWholeFile(fs, path, largestFileBytes);
  if (file.state === "absent") return "absent";
  if (file.state !== "read" || file.fact.nlink > 1) return "skipped";
  const { bytes, fact } = file;
  // Beside an original a packed file is what a crash left of an earlier run.
  if (fs.lstat(packed) !== undefined) fs.unlink(packed);
  const content = pack(bytes);
  if (content.length >= bytes.length) return "skipped";
  const { mode, mtimeNs } = fact;
  stageFile(fs, { path: packed, content: (take) => take(content), mode, owner: fact, mtimeNs });
  fs.syncDir(dir);
  const back = readWholeFile(fs, packed, largestFileBytes);
  if (back.state !== "read" || !unpack(back.bytes).equals(bytes)) {
    throw new Error(`${packed} does not unpack to what was packed; the original stays`);
  }
  fs.unlink(path);
  fs.syncDir(dir);
  return bytes.length - content.length;
}
