import { createHash } from "node:crypto";
import {
  type Host,
  readEra,
  requireJsonEra,
  scanIndex,
  type StoreSnapshot,
  type StoreTarget,
} from "@sessionsmith/core";

const emptyIndex = Buffer.from("{}", "utf8");

/**
 * What a store that is not there yet will be; undefined if there is one, or what may be the rest of one. The identity of its
 * index is that of no file: a plan for it can't be applied before the store is made.
 * @throws StoreError E_SQLITE_ERA if the sessions of the agent live in OpenClaw's database
 */
export function emptySnapshot({ fs }: Pick<Host, "fs">, target: StoreTarget): StoreSnapshot | undefined {
  requireJsonEra({ fs }, target);
  const { era } = readEra(fs, target);
  const isThere = fs.lstat(target.indexPath) !== undefined || era !== "empty";
  const realDir = fs.realpath(target.sessionsDir);
  if (isThere && realDir !== undefined) return undefined;
  const scan = scanIndex(emptyIndex);
  if (!scan.readable) throw new Error("an empty index is readable");
  const sha256 = createHash("sha256").update(emptyIndex).digest("hex");
  return {
    target,
    realDir: realDir ?? target.sessionsDir,
    era: "empty",
    document: scan.document,
    fingerprint: { dev: 0n, ino: 0n, size: emptyIndex.length, mtimeNs: 0n, ctimeNs: 0n, sha256 },
    rows: [],
    files: new Map(),
    references: { rowsByFile: new Map(), filesByRow: new Map(), protectedElsewhere: new Set(), unread: [] },
    heldLocks: new Set(),
    findings: [],
  };
}
