import { classifyFileName, parseRowTime, scanIndex } from "@sessionsmith/core";
import type {
  FileFact,
  IndexDocument,
  IndexRow,
  ReferenceGraph,
  RowFacts,
  StoreFile,
  StoreSnapshot,
  StoreTarget,
  TranscriptResolution,
} from "@sessionsmith/core";

/** The moment that tests judge by. */
export const now = Date.UTC(2026, 5, 15, 12);
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

const sessionsDir = "/state/agents/main/sessions";

/** A store in few words. */
export interface StoreSketch {
  /** Key -> row. */
  readonly rows?: Readonly<Record<string, unknown>>;
  /** The index as text, instead of rows. */
  readonly index?: string;
  /** Name -> what is odd about the file; written long ago unless said otherwise. */
  readonly files?: Readonly<Record<string, Partial<FileFact>>>;
  /** Keys of rows whose transcript somebody has locked. */
  readonly locked?: readonly string[];
  /** Key -> a resolution other than the one that the files give. */
  readonly transcripts?: Readonly<Record<string, TranscriptResolution>>;
  readonly protectedElsewhere?: readonly string[];
  /** Indexes and transcripts that could not be read. */
  readonly unread?: readonly string[];
  /** Names of the lock files that somebody holds. */
  readonly heldLocks?: readonly string[];
  readonly target?: Partial<StoreTarget>;
  /** Epoch ms at which the index was written. */
  readonly writtenAtMs?: number;
}

/** A row that was updated so many days ago. */
export function rowAged(
  days: number,
  fields: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { sessionId: "s1", updatedAt: now - days * dayMs, ...fields };
}

/** What the file system says of an ordinary file. */
export function fileFact(changes: Partial<FileFact> = {}): FileFact {
  const times = { mtimeNs: BigInt(now - 90 * dayMs) * 1_000_000n, ctimeNs: 0n };
  const kind = { kind: "file", nlink: 1, mode: 0o600, uid: 1000, gid: 1000 } as const;
  return { ...kind, dev: 7n, ino: 9n, size: 100, ...times, ...changes };
}

/** Draws the snapshot of a store, with the references that the names of its files give. */
export function aSnapshot(sketch: StoreSketch = {}): StoreSnapshot {
  const document = scanText(sketch.index ?? JSON.stringify(sketch.rows ?? {}, null, 2));
  const files = new Map(
    Object.entries(sketch.files ?? {})
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, fact]) => [name, { name, fact: fileFact(fact), nameClass: classifyFileName(name) }]),
  );
  const counted = document.rows.filter((row) => !row.shadowed);
  const { bytes, sha256 } = document;
  const mtimeNs = BigInt(sketch.writtenAtMs ?? now) * 1_000_000n;
  return {
    target: {
      indexPath: `${sessionsDir}/sessions.json`,
      sessionsDir,
      agentId: "main",
      origin: "configured",
      shared: false,
      ...sketch.target,
    },
    realDir: sessionsDir,
    era: "json",
    document,
    fingerprint: { dev: 7n, ino: 8n, size: bytes.length, mtimeNs, ctimeNs: mtimeNs, sha256 },
    rows: counted.map((row) => factsOf(row, sketch, files)),
    files,
    references: referencesOf(counted, files, sketch),
    heldLocks: new Set(sketch.heldLocks),
    findings: [],
  };
}

function scanText(text: string): IndexDocument {
  const scan = scanIndex(Buffer.from(text));
  if (!scan.readable) throw new Error(`the test index is not readable: ${scan.failure.problem}`);
  return scan.document;
}

function factsOf(row: IndexRow, sketch: StoreSketch, files: ReadonlyMap<string, StoreFile>): RowFacts {
  const transcript = sketch.transcripts?.[row.key] ?? resolve(transcriptNames(row), files);
  return {
    row,
    time: parseRowTime(row.updatedAt),
    transcript,
    locked: sketch.locked?.includes(row.key) ?? false,
  };
}

function resolve(names: readonly string[], files: ReadonlyMap<string, StoreFile>): TranscriptResolution {
  if (names.length === 0) return { state: "unnamed" };
  const name = names.find((candidate) => files.has(candidate));
  if (name === undefined) return { state: "missing", candidates: names };
  return files.get(name)?.fact.kind === "file"
    ? { state: "present", name, relocated: false }
    : { state: "unknown", path: name };
}

function transcriptNames({ sessionId, sessionFile }: IndexRow): readonly string[] {
  const named = sessionFile === undefined ? [] : [sessionFile];
  return sessionId === undefined ? named : [...named, `${sessionId}.jsonl`];
}

/** A file belongs to every row whose transcript has its name, or begins like it (sidecars, topics); archives and backups to none. */
function referencesOf(
  rows: readonly IndexRow[],
  files: ReadonlyMap<string, StoreFile>,
  sketch: StoreSketch,
): ReferenceGraph {
  const rowsByFile = new Map<string, readonly string[]>();
  const filesByRow = new Map<string, readonly string[]>();
  for (const row of rows) {
    const own = transcriptNames(row);
    const stems = own.map((name) => name.replace(/\.jsonl$/, ""));
    const begins = (name: string) =>
      !/\.bak-|\.(deleted|reset|bak)\./.test(name) &&
      stems.some((stem) => name.startsWith(`${stem}.`) || name.startsWith(`${stem}-topic-`));
    const names = [...files.keys()].filter((name) => own.includes(name) || begins(name));
    filesByRow.set(row.key, names);
    for (const name of names) rowsByFile.set(name, [...(rowsByFile.get(name) ?? []), row.key]);
  }
  return {
    rowsByFile,
    filesByRow,
    protectedElsewhere: new Set(sketch.protectedElsewhere),
    unread: sketch.unread ?? [],
  };
}
