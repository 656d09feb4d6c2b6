import type { StoredCheckpoint } from "@sessionsmith/core/store";

/** A transcript, as it is written. */
export interface TranscriptContent {
  readonly sessionId: string;
  /** Line 1, without its end. */
  readonly header: string;
  /** The other lines that are not blank, without their ends; read anew each time. */
  readonly lines: () => Iterable<string>;
}

/** A checkpoint, as it is written. */
export interface CheckpointContent {
  readonly checkpoint: StoredCheckpoint;
  /** Lines of its transcript without the header and blank ones. */
  readonly lines: () => Iterable<string>;
}

/** All that a store holds, of whatever kind it is. */
export interface StoreContent {
  /** Rows in their order: session key, session id, and the value as JSON text. */
  readonly rows: readonly {
    readonly key: string;
    readonly sessionId: string | undefined;
    readonly value: string;
  }[];
  readonly transcripts: readonly TranscriptContent[];
  readonly checkpoints: readonly CheckpointContent[];
  /** The manager's settings as JSON text; undefined if there are none. */
  readonly settings: string | undefined;
}

/** How much a store holds. */
export interface ContentCounts {
  readonly sessions: number;
  readonly transcripts: number;
  readonly lines: number;
  readonly checkpoints: number;
}

/** What is not the same in two stores: names of rows, transcripts and checkpoints, never what is in them. */
export interface ContentComparison extends ContentCounts {
  readonly differences: readonly string[];
}

/** Reads a store to its end, and counts what is in it. @throws what its lines throw */
export function countContent({ rows, transcripts, checkpoints }: StoreContent): ContentCounts {
  const lines = transcripts.reduce((sum, transcript) => sum + countLines(transcript.lines()), 0);
  for (const checkpoint of checkpoints) countLines(checkpoint.lines());
  return { sessions: rows.length, transcripts: transcripts.length, lines, checkpoints: checkpoints.length };
}

function countLines(lines: Iterable<string>): number {
  let count = 0;
  for (const all = lines[Symbol.iterator](); all.next().done !== true;) count += 1;
  return count;
}

/** Compares two stores line by line; the counts are those of the first. */
export function compareContent(one: StoreContent, other: StoreContent): ContentComparison {
  const differences: string[] = [];
  let lines = 0;
  const texts = ({ rows }: StoreContent) => rows.map(({ key, value }) => JSON.stringify([key, value]));
  if (texts(one).join("\n") !== texts(other).join("\n")) {
    const known = new Set(texts(other));
    const wanted = new Set(texts(one));
    differences.push(
      ...one.rows.filter((_, n) => !known.has(texts(one)[n] ?? "")).map(({ key }) => `row ${key}`),
    );
    differences.push(
      ...other.rows.filter((_, n) => !wanted.has(texts(other)[n] ?? "")).map(({ key }) => `row ${key}`),
    );
    if (differences.length === 0) differences.push("the order of the rows");
  }
  const transcripts = new Map(other.transcripts.map((transcript) => [transcript.sessionId, transcript]));
  for (const transcript of one.transcripts) {
    const { sessionId, header } = transcript;
    const found = transcripts.get(sessionId);
    transcripts.delete(sessionId);
    const same = found === undefined ? undefined : sameLines(transcript.lines(), found.lines());
    lines += same?.count ?? 0;
    if (found === undefined || found.header !== header || same?.isSame !== true)
      differences.push(`transcript ${sessionId}`);
  }
  differences.push(...[...transcripts.keys()].map((sessionId) => `transcript ${sessionId}`));
  const checkpoints = new Map(other.checkpoints.map((one2) => [one2.checkpoint.id, one2]));
  for (const kept of one.checkpoints) {
    const found = checkpoints.get(kept.checkpoint.id);
    checkpoints.delete(kept.checkpoint.id);
    const isSame =
      found !== undefined &&
      JSON.stringify(found.checkpoint) === JSON.stringify(kept.checkpoint) &&
      sameLines(kept.lines(), found.lines()).isSame;
    if (!isSame) differences.push(`checkpoint ${kept.checkpoint.id}`);
  }
  differences.push(...[...checkpoints.keys()].map((id) => `checkpoint ${id}`));
  if (canonical(one.settings) !== canonical(other.settings)) differences.push("settings");
  return {
    sessions: one.rows.length,
    transcripts: one.transcripts.length,
    lines,
    checkpoints: one.checkpoints.length,
    differences,
  };
}

function sameLines(
  one: Iterable<string>,
  other: Iterable<string>,
): { readonly count: number; readonly isSame: boolean } {
  const others = other[Symbol.iterator]();
  let count = 0;
  let isSame = true;
  for (const line of one) {
    count += 1;
    if (others.next().value !== line) isSame = false;
  }
  return { count, isSame: isSame && others.next().done === true };
}

function canonical(settings: string | undefined): string {
  return JSON.stringify(settings === undefined ? {} : JSON.parse(settings));
}
