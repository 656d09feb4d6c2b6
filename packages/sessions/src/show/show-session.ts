import { join } from "node:path";
import {
  classifySessionKey,
  entryLabel,
  errnoOf,
  type Host,
  type JsonObject,
  type Lease,
  type LeaseStatus,
  leaseStatus,
  openStorePlace,
  parseRow,
  parseRowTime,
  parseSessionKey,
  readLease,
  type SessionKind,
  type SessionSettings,
  transcriptCandidates,
} from "@sessionsmith/core";
import { sessionDescriber } from "../describe-session.ts";
import type { FoundSession } from "../find/find-sessions.ts";

/** Everything that a store says of one session. */
export interface ShownSession {
  readonly key: string;
  readonly agentId: string;
  /** Absolute path of the index. */
  readonly path: string;
  readonly kind: SessionKind;
  readonly sessionId: string | null;
  readonly label: string | null;
  readonly title: string | null;
  /** Epoch ms. */
  readonly updatedAt: number | null;
  /** Whether its lease holds; a session without one is active. */
  readonly status: LeaseStatus;
  readonly lease: ShownLease | null;
  readonly transcript: ShownTranscript;
  /** Why the row is not understood; then nothing else of it is told. */
  readonly rowFinding: string | null;
  /** The row as it stands in the index. */
  readonly entry: JsonObject;
}

/** A lease; null for what it does not say. Times are epoch ms. */
export type ShownLease = { readonly [field in keyof Lease]: Exclude<Lease[field], undefined> | null };

/** The transcript in the sessions directory. */
export interface ShownTranscript {
  /** `present`, or why not: no file, a row that names none, something that is no regular file, or one that can't be looked at. */
  readonly state: "missing" | "present" | "unknown" | "unnamed";
  /** Absolute; of a missing one where it would be. */
  readonly path: string | null;
  readonly bytes: number | null;
  /** Epoch ms of its last write. */
  readonly modifiedAt: number | null;
}

/**
 * Reads what there is to know of a session. The transcript is opened only for a title that the row does not give.
 * @param now epoch ms that the lease is judged by
 * @throws StoreError E_NOT_FOUND or E_IO if the sessions directory can't be looked at
 */
export function showSession(
  host: Host,
  found: FoundSession,
  { settings, now }: { readonly settings: SessionSettings; readonly now: number },
): ShownSession {
  const { target, document, row } = found;
  const entry = parseRow(document, row) ?? {};
  const time = parseRowTime(row.updatedAt);
  const updatedAt = time.known ? time.atMs : undefined;
  const query = { ...onlyTitle, now };
  const { session } = sessionDescriber(host, settings, query)({ target, document, row, updatedAt });
  const lease = readLease(entry);
  return {
    key: row.key,
    agentId: parseSessionKey(row.key).agentId ?? target.agentId,
    path: target.indexPath,
    kind: classifySessionKey(row.key, { mainKey: settings.mainKey }),
    sessionId: row.sessionId ?? null,
    label: entryLabel(entry) ?? null,
    title: session.title ?? null,
    updatedAt: updatedAt ?? null,
    status: leaseStatus(lease, now),
    lease: lease === undefined ? null : shownLease(lease),
    transcript: transcriptOf(host, found),
    rowFinding: session.rowFinding ?? null,
    entry,
  };
}

const onlyTitle = {
  limit: 1,
  offset: 0,
  allAgents: false,
  includeGlobal: true,
  includeUnknown: true,
  titles: true,
  previews: false,
} as const;

function shownLease({ user, ttlSeconds, lastAccessAt, expiresAt, expiredAt, meta }: Lease): ShownLease {
  return {
    user: user ?? null,
    ttlSeconds: ttlSeconds ?? null,
    lastAccessAt: lastAccessAt ?? null,
    expiresAt,
    expiredAt: expiredAt ?? null,
    meta,
  };
}

function transcriptOf({ fs }: Host, { target, row }: FoundSession): ShownTranscript {
  const place = openStorePlace(fs, target);
  const paths = transcriptCandidates(row, place).inside.map(({ name }) => join(place.realDir, name));
  const nothing = { path: paths[0] ?? null, bytes: null, modifiedAt: null };
  for (const path of paths) {
    try {
      const fact = fs.lstat(path);
      if (fact === undefined) continue;
      if (fact.kind !== "file") return { ...nothing, state: "unknown", path };
      return { state: "present", path, bytes: fact.size, modifiedAt: Number(fact.mtimeNs / 1_000_000n) };
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      return { ...nothing, state: "unknown", path };
    }
  }
  return { ...nothing, state: paths.length === 0 ? "unnamed" : "missing" };
}
