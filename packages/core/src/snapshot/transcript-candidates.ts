import { basename, dirname, join } from "node:path";
import {
  resolveSessionFile,
  sessionFileBaseName,
  transcriptName,
  type UnsafePathReason,
} from "../layout/contained-path.ts";
import type { IndexDocument, IndexRow } from "../session-index/index-document.ts";
import type { StorePlace } from "./store-place.ts";

/** A name in the sessions directory that a row's transcript may have. */
export interface TranscriptCandidate {
  readonly name: string;
  /** True if the row names another directory, and this is the same basename here. */
  readonly relocated: boolean;
}

/** Where a row says that its transcript is. Nothing is said about what is there. */
export interface TranscriptCandidates {
  /** In the order in which they count: `sessionFile`, its basename, `<sessionId>.jsonl`. */
  readonly inside: readonly TranscriptCandidate[];
  /** Absolute path of a `sessionFile` elsewhere. */
  readonly outsidePath: string | undefined;
  /** Why `sessionFile` is never used as a path. An empty one is as good as none. */
  readonly unsafe: UnsafePathReason | undefined;
}

/** A row with the places of its transcript. */
export interface PlacedRow {
  readonly row: IndexRow;
  readonly candidates: TranscriptCandidates;
}

/** Lists the places of every row's transcript, shadowed rows included, in file order. */
export function placeRows({ rows }: IndexDocument, place: StorePlace): readonly PlacedRow[] {
  return rows.map((row) => ({ row, candidates: transcriptCandidates(row, place) }));
}

/** Lists the places of a row's transcript, in the order of resolution. */
export function transcriptCandidates(row: IndexRow, place: StorePlace): TranscriptCandidates {
  const own = row.sessionId === undefined ? undefined : transcriptName(row.sessionId);
  if (row.sessionFile === undefined) return inside(own, false);
  const named = sessionFileCandidates(row.sessionFile, place);
  if (own === undefined || named.inside.some(({ name }) => name === own)) return named;
  return { ...named, inside: [...named.inside, { name: own, relocated: false }] };
}

/** The same for a path alone, as a row or one of its checkpoints gives it. */
export function sessionFileCandidates(
  sessionFile: string | undefined,
  place: StorePlace,
): TranscriptCandidates {
  if (sessionFile === undefined) return { inside: [], outsidePath: undefined, unsafe: undefined };
  const lead = resolveSessionFile(sessionFile, place);
  if (lead.kind === "inside") return inside(lead.name, false);
  const base = sessionFileBaseName(sessionFile, place.indexName);
  if (lead.kind === "unsafe") {
    return { ...inside(base, true), unsafe: lead.reason === "empty" ? undefined : lead.reason };
  }
  if (place.whatIs(dirname(lead.path)) === "sessions-directory") {
    return sessionFileCandidates(join(place.realDir, basename(lead.path)), place);
  }
  return { ...inside(base, true), outsidePath: lead.path };
}

function inside(name: string | undefined, relocated: boolean): TranscriptCandidates {
  return {
    inside: name === undefined ? [] : [{ name, relocated }],
    outsidePath: undefined,
    unsafe: undefined,
  };
}
