import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  fileIdentity,
  type Host,
  type IndexDocument,
  noInode,
  openStorePlace,
  type PlanStore,
  readEra,
  readSessionsDirectory,
  readStoreIndex,
  scanIndex,
  StoreError,
  type StoreTarget,
} from "@sessionsmith/core";

/** A store that sessions are brought into, as it is now. */
export interface MigrationTarget {
  readonly store: PlanStore;
  /** The index; of a store that is not there yet, an empty one. */
  readonly document: IndexDocument;
  /** Names in the sessions directory. */
  readonly names: ReadonlySet<string>;
  /** True if the store has to be made first. */
  readonly missing: boolean;
}

/**
 * Reads the store of an agent; one that is not there is an empty store that has to be made.
 * @throws StoreError E_SQLITE_ERA if the sessions live in OpenClaw's database; E_CORRUPT_INDEX if the index can't be read, or is
 * missing beside transcripts; E_IO
 */
export function readTarget(host: Pick<Host, "fs">, target: StoreTarget): MigrationTarget {
  const { fs } = host;
  const era = readEra(fs, target);
  if (era.era !== "json" && era.era !== "empty") throw sqliteEra(target, era);
  if (fs.stat(target.sessionsDir) === undefined) return emptyTarget(target, target.sessionsDir);
  const place = openStorePlace(fs, target);
  const directory = readSessionsDirectory(fs, place);
  if (directory === undefined) return emptyTarget(target, place.realDir);
  if (fs.lstat(join(place.realDir, place.indexName)) === undefined && era.era === "empty")
    return emptyTarget(target, place.realDir);
  const { document, fingerprint } = readStoreIndex(fs, place, { era, directory });
  const { agentId, indexPath } = target;
  const index = { sha256: fingerprint.sha256, ...fileIdentity(fingerprint) };
  return {
    store: { agentId, indexPath, realDir: place.realDir, index },
    document,
    names: new Set(directory.names),
    missing: false,
  };
}

const emptyIndex = Buffer.from("{}", "utf8");

/** The identity of this index is that of no file: a plan for it can't be applied before the store is made. */
function emptyTarget({ agentId, indexPath }: StoreTarget, realDir: string): MigrationTarget {
  const scan = scanIndex(emptyIndex);
  if (!scan.readable) throw new Error("an empty index is readable");
  const sha256 = createHash("sha256").update(emptyIndex).digest("hex");
  const index = { sha256, size: emptyIndex.length, dev: "0", ino: noInode, mtimeNs: "0" };
  const store = { agentId, indexPath, realDir, index };
  return { store, document: scan.document, names: new Set(), missing: true };
}

function sqliteEra({ indexPath }: StoreTarget, { era, why }: ReturnType<typeof readEra>): StoreError {
  const reason =
    era === "unknown"
      ? "Put right what stands in the way first"
      : "OpenClaw keeps the sessions of this agent in its database";
  return new StoreError("E_SQLITE_ERA", `${indexPath} is not to be touched: ${why} Nothing was changed.`, {
    hint: `${reason}, or migrate to another directory with --to.`,
    details: { path: indexPath, era },
  });
}
