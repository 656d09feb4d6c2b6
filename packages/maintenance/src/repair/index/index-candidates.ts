import {
  type DamagedRow,
  type IndexBackup,
  type IndexDocument,
  type IndexRow,
  lastRowsByKey,
  parseRowTime,
  salvageIndex,
  scanIndex,
} from "@sessionsmith/core";

/** A row that may come back, with the bytes that it has where it comes from. */
export interface CandidateRow {
  readonly key: string;
  readonly sessionId: string | undefined;
  /** Epoch ms of its last update, if that is known. */
  readonly atMs: number | undefined;
  /** Key, colon and value. */
  readonly member: string;
  /** Where it comes from, relative to the sessions directory. */
  readonly source: string;
  /** False for what stood before the damage in a row of the index itself. */
  readonly whole: boolean;
}

/** The rows of the backups that can be read, or of what can be saved from them. Those that are not understood are left out. */
export function backupRows(backups: readonly IndexBackup[]): readonly CandidateRow[] {
  return backups.flatMap(({ name, read }) => {
    if (read.state === "readable") return rowsOf(read.document, name, true);
    return read.content === undefined ? [] : rowsOf(salvageIndex(read.content.bytes).document, name, true);
  });
}

/** The rows of the damaged index itself, as far as their fields are whole. */
export function damagedRows(damaged: readonly DamagedRow[], source: string): readonly CandidateRow[] {
  return damaged.flatMap(({ member }) => {
    const scan = scanIndex(Buffer.from(`{${member ?? ""}}`));
    return scan.readable ? rowsOf(scan.document, source, false) : [];
  });
}

function rowsOf(document: IndexDocument, source: string, whole: boolean): readonly CandidateRow[] {
  return [...lastRowsByKey(document).values()]
    .filter(({ understood }) => understood)
    .map((row) => candidate(document, row, { source, whole }));
}

function candidate(
  { bytes }: IndexDocument,
  { key, sessionId, updatedAt, keyRange, valueRange }: IndexRow,
  origin: Pick<CandidateRow, "source" | "whole">,
): CandidateRow {
  const time = parseRowTime(updatedAt);
  const member = bytes.toString("utf8", keyRange.start, valueRange.end);
  return { key, sessionId, atMs: time.known ? time.atMs : undefined, member, ...origin };
}

/**
 * The row of each key that is to come back: the freshest, and of one session a whole one before a damaged one.
 */
export function freshestByKey(rows: readonly CandidateRow[]): ReadonlyMap<string, CandidateRow> {
  const byKey = new Map<string, CandidateRow[]>();
  for (const row of rows) {
    const known = byKey.get(row.key);
    if (known === undefined) byKey.set(row.key, [row]);
    else known.push(row);
  }
  return new Map([...byKey].map(([key, all]) => [key, freshest(all)]));
}

function freshest(rows: readonly CandidateRow[]): CandidateRow {
  const ranked = rows.toSorted((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0) || Number(b.whole) - Number(a.whole));
  const [first] = ranked;
  if (first === undefined) throw new Error("no row to choose from");
  if (first.whole) return first;
  return ranked.find((row) => row.whole && row.sessionId === first.sessionId) ?? first;
}
