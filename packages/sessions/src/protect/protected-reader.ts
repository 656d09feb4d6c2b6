import { envelopeKind, type JsonObject, type JsonValue } from "@sessionsmith/core";
import type { StoredLine, TranscriptReader } from "@sessionsmith/core/store";
import type { LineCodec, LineEnd, SealedPlace } from "../encryption/line-codec.ts";
import { readSealFacts, requireNoSeal } from "../encryption/seal.ts";
import { tampered } from "../encryption/tampered.ts";
import { knownCodec, type ProtectedTranscripts } from "./protection.ts";
import { claimedEnd, decodeRecord } from "./record-codec.ts";

/** A transcript that is read, and what its row vouches for. */
export interface ReadSession {
  readonly transcripts: ProtectedTranscripts;
  readonly sessionId: string;
  readonly place: string;
  readonly seal: JsonValue | undefined;
}

/**
 * Reads a transcript as if it were plain; each line is checked before it is given. From the newest on, nothing is given before
 * the place is reached that the row vouches for.
 * @throws StoreError E_TAMPERED, E_KEY while lines are read
 */
export function protectedReader(raw: TranscriptReader, session: ReadSession): TranscriptReader {
  return {
    newestFirst: () => decoded(raw, session, newestFirst),
    oldestFirst: () => decoded(raw, session, oldestFirst),
  };
}

/** An encrypted transcript while it is read. */
interface OpenTranscript {
  readonly codec: LineCodec;
  /** Undefined if the row does not vouch for it: then there may be no line. */
  readonly sealed: SealedPlace | undefined;
  readonly place: string;
  /** The last line that this process has made; it may not be there. If it is the last one that is, none is missing. */
  readonly last: LineEnd | undefined;
}

function* decoded(
  raw: TranscriptReader,
  session: ReadSession,
  walk: (raw: TranscriptReader, open: OpenTranscript) => Iterable<StoredLine>,
): Generator<StoredLine, undefined> {
  const { seal, sessionId, place, transcripts } = session;
  const first = firstOf(raw);
  if (first === undefined) requireNoLines(session);
  else if (envelopeKind(first) === undefined) {
    requireNoSeal(seal, sessionId, place);
    yield* walk === newestFirst ? raw.newestFirst() : raw.oldestFirst();
  } else {
    const codec = knownCodec(transcripts, first, { sessionId, place });
    // What this process has written, and the row does not say yet, is as good as what it says.
    const written = transcripts.pending.get(sessionId);
    const said = seal === undefined ? undefined : codec.checkSeal(seal, undefined);
    const isNewer = written?.codec.start.tag === codec.start.tag && written.end.count > (said?.count ?? 0);
    const sealed = said !== undefined && isNewer ? { ...written.end, header: said.header } : said;
    const known = transcripts.known.get(sessionId);
    const last = known?.codec.start.tag === codec.start.tag ? known.end : undefined;
    yield* walk(raw, { codec, sealed, place, last });
  }
}

function firstOf(raw: TranscriptReader): JsonObject | undefined {
  for (const { record } of raw.oldestFirst()) return record;
  return undefined;
}

/** A transcript that is gone, or is only a header, although the row says that there were lines. @throws StoreError E_TAMPERED */
export function requireNoLines({ seal, sessionId, place }: Omit<ReadSession, "transcripts">): void {
  const facts = seal === undefined ? undefined : readSealFacts(seal);
  if (facts?.session === sessionId && facts.count > 0)
    throw tampered(place, undefined, `its row vouches for ${facts.count} lines, and there are none`);
}

function* oldestFirst(raw: TranscriptReader, open: OpenTranscript): Generator<StoredLine> {
  const { codec, place } = open;
  let end = codec.start;
  let isFirst = true;
  for (const { at, record } of raw.oldestFirst()) {
    if (!isFirst) {
      const line = decodeRecord(codec, { record, after: end }, place);
      end = line.end;
      requireSeal(end, open);
      yield { at, record: line.record };
    }
    isFirst = false;
  }
  requireReached(end.count, open);
}

function* newestFirst(raw: TranscriptReader, open: OpenTranscript): Generator<StoredLine> {
  const { codec, sealed, place, last } = open;
  let vouched = sealed?.count ?? 0;
  /** Lines that are not given yet, because the sealed place is not reached. */
  const held: StoredLine[] = [];
  let newest: number | undefined;
  let line: StoredLine | undefined;
  for (const before of raw.newestFirst()) {
    const after = claimedEnd(before.record);
    if (after === undefined) throw tampered(place, undefined, "one of its lines is not encrypted");
    if (line !== undefined) {
      const { record, end } = decodeRecord(codec, { record: line.record, after }, place);
      if (newest === undefined) {
        newest = end.count;
        if (last?.count === end.count && last.tag === end.tag) vouched = end.count;
      }
      requireReached(newest, open);
      requireSeal(end, open);
      held.push({ at: line.at, record });
      if (end.count <= vouched) yield* held.splice(0);
    }
    line = before;
  }
  if (line === undefined || claimedEnd(line.record)?.tag !== codec.start.tag)
    throw tampered(place, 0, "the encryption does not begin there");
  requireReached(newest ?? 0, open);
  yield* held;
}

function requireSeal({ count, tag }: SealedPlaceOf, { sealed, place }: OpenTranscript): void {
  if (sealed === undefined)
    throw tampered(place, undefined, "its row does not vouch for it, so lines may be missing at its end");
  if (count === sealed.count && tag !== sealed.tag)
    throw tampered(place, count, "it is not the one that the row vouches for");
}

type SealedPlaceOf = Omit<SealedPlace, "header">;

function requireReached(count: number, { codec, sealed, place }: OpenTranscript): void {
  if (sealed === undefined) return;
  if (count < sealed.count)
    throw tampered(place, undefined, `its row vouches for ${sealed.count} lines, and there are ${count}`);
  if (sealed.count === 0 && sealed.tag !== codec.start.tag)
    throw tampered(place, 0, "it is not the one that the row vouches for");
}
