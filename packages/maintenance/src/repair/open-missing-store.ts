import {
  lastRowsByKey,
  noInode,
  parseRowTime,
  scanIndex,
  type IndexDocument,
  type StoreSnapshot,
  type StoreTarget,
} from "@sessionsmith/core";
import type { RepairStore } from "./repair-store.ts";

const emptyIndex = Buffer.from("{}", "utf8");

/**
 * The store of an agent that has none yet, as an empty one: a plan for it can't be applied before the store is made, and is then made
 * again.
 */
export function openMissingStore(target: StoreTarget): RepairStore {
  const scan = scanIndex(emptyIndex);
  if (!scan.readable) throw new Error("an empty index is readable");
  const { document } = scan;
  const { sha256 } = document;
  const { agentId, indexPath, sessionsDir: realDir } = target;
  const index = { sha256, size: emptyIndex.length, dev: "0", ino: noInode, mtimeNs: "0" };
  const fingerprint = { dev: 0n, ino: 0n, size: emptyIndex.length, mtimeNs: 0n, ctimeNs: 0n, sha256 };
  const snapshot: StoreSnapshot = {
    target,
    realDir,
    era: "empty",
    document,
    fingerprint,
    rows: [],
    files: new Map(),
    references: { rowsByFile: new Map(), filesByRow: new Map(), protectedElsewhere: new Set(), unread: [] },
    heldLocks: new Set(),
    findings: [],
  };
  return {
    target,
    base: {
      store: { agentId, indexPath, realDir, index },
      state: "missing",
      failure: undefined,
      lossy: false,
      damaged: [],
      rows: 0,
    },
    edits: [],
    snapshot,
    trails: new Map(),
    leaving: [],
    requires: [],
    steps: [],
    files: [],
    mends: [],
    unmended: [],
  };
}

/** A store without a directory has rows only. */
export function withRowsOnly(snapshot: StoreSnapshot, document: IndexDocument): StoreSnapshot {
  const rows = [...lastRowsByKey(document).values()].map((row) => ({
    row,
    time: parseRowTime(row.updatedAt),
    transcript: { state: "unnamed" } as const,
    locked: false,
  }));
  return { ...snapshot, document, rows };
}
