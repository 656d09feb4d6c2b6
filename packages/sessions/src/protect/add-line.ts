import { envelopeKind, type JsonObject, StoreError } from "@sessionsmith/core";
import type { AppendOptions, MakeLine, SessionStore } from "@sessionsmith/core/store";
import type { LineEnd } from "../encryption/line-codec.ts";
import { requireNoSeal } from "../encryption/seal.ts";
import { tampered } from "../encryption/tampered.ts";
import {
  freshCodec,
  knownCodec,
  type KnownTranscript,
  noKey,
  type PendingSeal,
  placeOf,
  type ProtectedTranscripts,
} from "./protection.ts";
import { requireNoLines } from "./protected-reader.ts";
import { claimedEnd, decodeRecord, encodeRecord, storedRecord } from "./record-codec.ts";
import { sealOfSession } from "./row-of-session.ts";
import { flushSeals } from "./write-seals.ts";

/** A line for a transcript. */
export interface LineToAdd {
  readonly sessionId: string;
  readonly line: JsonObject | MakeLine;
  readonly options: AppendOptions;
}

/** Somebody else has written to the transcript, and what was known of it is forgotten: it is looked at again. Never leaves this file. */
class MovedOn extends Error {}

const mostTries = 100;

/**
 * Adds a line: encrypted if the transcript is, or if it begins and what is new is encrypted.
 * @throws StoreError E_REFUSED for a plain transcript where everything is encrypted; E_KEY, E_TAMPERED; as `SessionStore.append` does
 */
export async function addLine(
  store: SessionStore,
  transcripts: ProtectedTranscripts,
  add: LineToAdd,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      return await tryToAdd(store, transcripts, add);
    } catch (error) {
      if (!(error instanceof MovedOn) || tries === mostTries) throw error;
    }
  }
}

async function tryToAdd(
  store: SessionStore,
  transcripts: ProtectedTranscripts,
  add: LineToAdd,
): Promise<void> {
  const { sessionId, line, options } = add;
  const { known, pending } = transcripts;
  if (!known.has(sessionId) && (await openOnce(store, transcripts, add)) === "plain")
    return addPlain(store, add);
  let written: PendingSeal | undefined;
  await store.append(
    sessionId,
    (last) => {
      // Lines that are written together come here one after the other, before the first of them is there.
      const state = known.get(sessionId);
      if (state === undefined || !isAt(last, state.end)) {
        known.delete(sessionId);
        throw new MovedOn();
      }
      const record = typeof line === "function" ? line(state.last) : line;
      const encoded = encodeRecord(state.codec, record, state.end);
      known.set(sessionId, { codec: state.codec, end: encoded.end, last: record });
      written = { codec: state.codec, end: encoded.end, begins: false };
      return encoded.record;
    },
    { ...options, needsRow: true },
  );
  // A row vouches for what is there, and for nothing that only was to be written.
  const before = pending.get(sessionId);
  const isNewer = before?.codec !== written?.codec || (before?.end.count ?? -1) < (written?.end.count ?? -1);
  if (written !== undefined && isNewer) pending.set(sessionId, written);
}

/** Whoever comes while a transcript is looked at, waits for that. @returns `plain` for a transcript that is added to as it is */
async function openOnce(
  store: SessionStore,
  transcripts: ProtectedTranscripts,
  add: LineToAdd,
): Promise<"encrypted" | "plain"> {
  const { opening } = transcripts;
  const running = opening.get(add.sessionId);
  if (running !== undefined) return running;
  const work = openToAdd(store, transcripts, add);
  opening.set(add.sessionId, work);
  try {
    return await work;
  } finally {
    opening.delete(add.sessionId);
  }
}

async function openToAdd(
  store: SessionStore,
  transcripts: ProtectedTranscripts,
  add: LineToAdd,
): Promise<"encrypted" | "plain"> {
  const { known, protection } = transcripts;
  const seen = await lookAt(store, transcripts, add.sessionId);
  if (seen !== "plain" && seen !== "nothing") known.set(add.sessionId, seen);
  else if (!protection.encrypts) return "plain";
  else if (seen === "plain") throw isPlain(placeOf(store, add.sessionId));
  else await begin(store, transcripts, add);
  return "encrypted";
}

function isAt(last: JsonObject | undefined, { count, tag }: LineEnd): boolean {
  const end = last && claimedEnd(last);
  return end !== undefined && end.count === count && end.tag === tag;
}

/** A transcript may have been encrypted since it was looked at. */
async function addPlain(store: SessionStore, { sessionId, line, options }: LineToAdd): Promise<void> {
  await store.append(
    sessionId,
    (last) => {
      if (last !== undefined && envelopeKind(last) !== undefined) throw new MovedOn();
      return typeof line === "function" ? line(last) : line;
    },
    options,
  );
}

/**
 * Begins a transcript with an opening, and has the row vouch for it before there is any line: so no line is ever in a transcript for
 * which no row vouches.
 */
async function begin(
  store: SessionStore,
  transcripts: ProtectedTranscripts,
  { sessionId, options }: LineToAdd,
): Promise<void> {
  const place = placeOf(store, sessionId);
  const codec = freshCodec(transcripts.protection, { sessionId, place });
  const opening = storedRecord(codec.opening ?? "");
  await store.append(
    sessionId,
    (last) => {
      if (last !== undefined) throw new MovedOn();
      return opening;
    },
    { ...options, needsRow: true },
  );
  const state = { codec, end: codec.start, last: undefined };
  transcripts.known.set(sessionId, state);
  transcripts.pending.set(sessionId, { codec, end: codec.start, begins: true });
  await flushSeals(store, transcripts);
}

/** Looks at the end of a transcript, and at what its row vouches for. */
async function lookAt(
  store: SessionStore,
  transcripts: ProtectedTranscripts,
  sessionId: string,
): Promise<KnownTranscript | "nothing" | "plain"> {
  const { protection, pending } = transcripts;
  const place = placeOf(store, sessionId);
  const seen = await store.read(sessionId, (transcript) => {
    const [newest, before] = firstTwo(transcript.newestFirst());
    const [first] = firstTwo(transcript.oldestFirst());
    return { newest, before, first };
  });
  const seal = await sealOfSession(store, transcripts, sessionId);
  if (seen?.first === undefined || seen.newest === undefined) {
    requireNoLines({ seal, sessionId, place });
    return "nothing";
  }
  const { first, newest, before } = seen;
  if (envelopeKind(first) === undefined) {
    requireNoSeal(seal, sessionId, place);
    return "plain";
  }
  if (protection.keyring === undefined) throw noKey(place);
  const codec = knownCodec(transcripts, first, { sessionId, place });
  const state = stateAt(codec, { newest, before, place });
  if (seal === undefined && state.end.count > 0)
    throw tampered(place, undefined, "its row does not vouch for it, so lines may be missing at its end");
  if (seal === undefined) pending.set(sessionId, { codec, end: state.end, begins: true });
  else {
    const sealed = codec.checkSeal(seal, undefined);
    const { count, tag } = state.end;
    if (count < sealed.count || (count === sealed.count && tag !== sealed.tag))
      throw tampered(place, undefined, `its row vouches for ${sealed.count} lines that are not there`);
    if (count > sealed.count) pending.set(sessionId, { codec, end: state.end, begins: false });
  }
  if (seal === undefined) await flushSeals(store, transcripts);
  return state;
}

function stateAt(
  codec: KnownTranscript["codec"],
  {
    newest,
    before,
    place,
  }: { readonly newest: JsonObject; readonly before: JsonObject | undefined; readonly place: string },
): KnownTranscript {
  if (before === undefined) return { codec, end: codec.start, last: undefined };
  const after = claimedEnd(before);
  if (after === undefined) throw tampered(place, undefined, "one of its lines is not encrypted");
  const { record, end } = decodeRecord(codec, { record: newest, after }, place);
  return { codec, end, last: record };
}

function firstTwo(lines: Iterable<{ readonly record: JsonObject }>): readonly JsonObject[] {
  const found: JsonObject[] = [];
  for (const { record } of lines) if (found.push(record) === 2) break;
  return found;
}

function isPlain(place: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `The ${place} is not encrypted, and everything is to be. Nothing was changed.`,
    {
      hint: "Encrypt it first (`sessionsmith encrypt`), or reset the session.",
      details: { place },
    },
  );
}
