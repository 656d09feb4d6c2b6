import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  corruptIndexError,
  fileIdentity,
  type IndexDocument,
  type IndexFingerprint,
  lastRowsByKey,
  noInode,
  noStore,
  openStorePlace,
  type PlanStore,
  readEra,
  readIndex,
  readStoreIndex,
  readSessionsDirectory,
  salvageIndex,
  scanStore,
  type StorePlace,
  type StoreTarget,
} from "@sessionsmith/core";
import type { Mend } from "./repair-domain.ts";
import type { RepairRequest } from "./repair-request.ts";
import type { RepairBase, RepairStore } from "./repair-store.ts";
import type { RowTrail } from "./row-edit.ts";

/** What a repair begins with. */
type Start = Pick<RepairBase, "damaged" | "failure" | "lossy" | "state"> &
  Pick<RepairStore, "edits" | "mends"> & {
    readonly fingerprint: IndexFingerprint;
    readonly document: IndexDocument;
    /** Keys of rows that are not as they were, with the reason. */
    readonly mended: ReadonlySet<string>;
  };

/**
 * Opens a store for a repair. If its index can't be read, or is missing beside transcripts, the repair begins with the rows that
 * can be saved from it, provided that the index is to be repaired.
 * @throws StoreError E_NOT_FOUND if there is no store; E_CORRUPT_INDEX if the index can't be read and is not to be repaired, or can't be
 * opened at all; E_SQLITE_ERA; E_IO
 */
export function openRepairStore(request: RepairRequest, target: StoreTarget): RepairStore {
  const { host, now, domains } = request;
  const place = openStorePlace(host.fs, target);
  const start = domains.has("index")
    ? startWithAny(request, target, place)
    : startWithReadable(request, target, place);
  const { document, fingerprint, failure, state, lossy, damaged, edits, mends, mended } = start;
  const snapshot = scanStore(host, target, { nowMs: now, index: { document, fingerprint } });
  const isReadable = state === "readable";
  const trails = new Map(
    snapshot.rows.map(({ row }): [string, RowTrail] => [
      row.key,
      {
        formerKey: row.key,
        sessionId: row.sessionId,
        reasons: isReadable ? [] : [mended.has(row.key) ? "bytes-taken-for-latin1" : "salvaged"],
        fields: {},
        cleared: [],
      },
    ]),
  );
  const store = planStore(target, place, { fingerprint, isThere: state !== "absent" });
  const rows = isReadable ? snapshot.rows.length : undefined;
  const base = { store, state, failure, lossy, damaged, rows };
  const nothing = { leaving: [], requires: [], steps: [], files: [], unmended: [] };
  return { target, base, edits, snapshot, trails, mends, ...nothing };
}

function planStore(
  { agentId, indexPath }: StoreTarget,
  { realDir }: StorePlace,
  { fingerprint, isThere }: { readonly fingerprint: IndexFingerprint; readonly isThere: boolean },
): PlanStore {
  const identity = isThere ? fileIdentity(fingerprint) : { dev: "0", ino: noInode, size: 0, mtimeNs: "0" };
  return { agentId, indexPath, realDir, index: { sha256: fingerprint.sha256, ...identity } };
}

function startWithReadable({ host }: RepairRequest, target: StoreTarget, place: StorePlace): Start {
  const directory = readSessionsDirectory(host.fs, place);
  if (directory === undefined) throw noStore(target.indexPath);
  const { document, fingerprint } = readStoreIndex(host.fs, place, {
    era: readEra(host.fs, target),
    directory,
  });
  return readableStart(document, fingerprint);
}

function readableStart(document: IndexDocument, fingerprint: IndexFingerprint): Start {
  const nothing = {
    failure: undefined,
    lossy: false,
    damaged: [],
    edits: [],
    mends: [],
    mended: new Set<string>(),
  };
  return { state: "readable", document, fingerprint, ...nothing };
}

function startWithAny(request: RepairRequest, target: StoreTarget, place: StorePlace): Start {
  const path = join(place.realDir, place.indexName);
  const read = readIndex(request.host.fs, path);
  if (read.state === "readable") return readableStart(read.document, read.fingerprint);
  if (read.state === "absent") return startWithNothing(request, target, place);
  const { content, failure, fingerprint } = read;
  const isIndex = failure.reason !== "database" && failure.reason !== "another-file";
  if (content === undefined || fingerprint === undefined || !isIndex) throw corruptIndexError(path, failure);
  const { document, edits, lossy, damaged, mended } = salvageIndex(content.bytes);
  const mend: Mend = {
    domain: "index",
    what: "rows-salvaged",
    count: lastRowsByKey(document).size,
    reasons: [`index-${failure.reason}`],
  };
  return {
    state: "unreadable",
    failure,
    lossy,
    damaged,
    document,
    fingerprint,
    edits,
    mended,
    mends: [mend],
  };
}

/** @throws StoreError unless transcripts lie there: then it is damage, and an index is to be made */
function startWithNothing({ host }: RepairRequest, target: StoreTarget, place: StorePlace): Start {
  const directory = readSessionsDirectory(host.fs, place);
  const transcripts = [...(directory?.files.values() ?? [])].filter(
    ({ nameClass }) => nameClass.kind === "transcript",
  );
  if (transcripts.length === 0) throw noStore(target.indexPath);
  const { document } = salvageIndex(Buffer.alloc(0));
  const sha256 = createHash("sha256").update("").digest("hex");
  const fingerprint = { dev: 0n, ino: 0n, size: 0, mtimeNs: 0n, ctimeNs: 0n, sha256 };
  const edits = [{ at: 0, remove: 0, insert: "{}" }];
  const mend: Mend = { domain: "index", what: "index-made", reasons: ["index-missing"] };
  return {
    state: "absent",
    failure: undefined,
    lossy: true,
    damaged: [],
    document,
    fingerprint,
    edits,
    mended: new Set(),
    mends: [mend],
  };
}
