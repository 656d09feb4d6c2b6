import { type JsonObject, StoreError } from "@sessionsmith/core";
import { parseEnvelope } from "./envelope.ts";
import type { LineCodec, LineEnd } from "./line-codec.ts";
import { tampered } from "./tampered.ts";
import { firstStored, type RawLine, tooLong, type TranscriptLines } from "./transcript-lines.ts";

/** Longest stored line that every reader loads (docs/invariants.md I8). */
const lineLimitBytes = 64 * 2 ** 20;

/**
 * Encrypts a plain transcript, line by line: the header as it is, an opening, an envelope for each line. Whether the last line has an
 * end is kept too, so that {@link decryptedLines} gives back every byte.
 * @param place what the transcript is called in an error: its path
 * @returns yields the stored lines with their ends; returns the place of the last one
 * @throws StoreError E_REFUSED if some of its lines are encrypted already, or one gets too long
 */
export function* encryptedTranscript(
  { header, rest }: TranscriptLines,
  codec: LineCodec,
  place: string,
): Generator<string, LineEnd> {
  yield `${header.bytes.toString("utf8")}\n`;
  yield `${codec.opening ?? ""}${header.terminated ? "\n" : ""}`;
  let end = codec.start;
  let offset = header.bytes.length + 1;
  for (const { bytes, terminated } of rest()) {
    if (parseEnvelope(bytes).state !== "other") throw halfEncrypted(place, end.count + 2);
    const encoded = codec.encode(bytes, end);
    if (encoded.text.length > lineLimitBytes) throw tooLong(place, offset);
    yield `${encoded.text}${terminated ? "\n" : ""}`;
    offset += bytes.length + 1;
    end = encoded.end;
  }
  return end;
}

/** An encrypted transcript, as far as it is vouched for. */
export interface Vouched {
  readonly codec: LineCodec;
  /** The place that the row vouches for; undefined to read what there is without a row. */
  readonly sealed: LineEnd | undefined;
  /** What the transcript is called in an error: its path. */
  readonly place: string;
  /** True: plain lines that another program has put behind the encrypted ones are taken as they are. */
  readonly plainTail: boolean;
}

/**
 * An encrypted transcript as it was before, without the opening. Each line is checked when it is read; whether lines are missing at
 * the end shows there.
 * @throws StoreError E_TAMPERED while lines are read
 */
export function decryptedLines(lines: TranscriptLines, vouched: Vouched): TranscriptLines {
  const { terminated } = firstStored(lines, vouched.place);
  return {
    ...lines,
    encrypted: false,
    header: { bytes: lines.header.bytes, terminated },
    rest: () => decryptedRest(lines, vouched),
  };
}

function* decryptedRest(
  { rest }: TranscriptLines,
  { codec, sealed, place, plainTail }: Vouched,
): Generator<RawLine> {
  let end: LineEnd | undefined;
  let isPlain = false;
  for (const { bytes, terminated } of rest()) {
    if (end === undefined) {
      end = codec.start;
    } else if (isPlain || (plainTail && parseEnvelope(bytes).state === "other")) {
      isPlain = true;
      if (parseEnvelope(bytes).state !== "other") throw tampered(place, undefined, "it is half plain");
      yield { bytes, terminated };
      continue;
    } else {
      const line = codec.decode(bytes, end);
      end = line.end;
      yield { bytes: line.bytes, terminated };
    }
    if (sealed !== undefined) requireSealed(end, sealed, place);
  }
  const count = end?.count ?? 0;
  if (sealed !== undefined && count < sealed.count)
    throw missingLines(place, { there: count, of: sealed.count });
}

/** All bytes of a transcript. */
export function* transcriptBytes({ header, rest }: TranscriptLines): Generator<Buffer> {
  yield withEnd(header);
  for (const line of rest()) yield withEnd(line);
}

function requireSealed({ count, tag }: LineEnd, sealed: LineEnd, place: string): void {
  if (count === sealed.count && tag !== sealed.tag)
    throw tampered(place, count, "it is not the one that the row vouches for");
}

function missingLines(place: string, count: { readonly there: number; readonly of: number }): StoreError {
  const details: JsonObject = { path: place, lines: count.there, expectedLines: count.of };
  return new StoreError(
    "E_TAMPERED",
    `${place} has ${count.there} encrypted lines, and its row vouches for ${count.of}. Nothing was changed.`,
    {
      hint: "Look for an older copy: a backup, or the trash. --without-seal decrypts what is there.",
      details,
    },
  );
}

function withEnd({ bytes, terminated }: RawLine): Buffer {
  return terminated ? Buffer.concat([bytes, Buffer.from("\n")]) : bytes;
}

function halfEncrypted(place: string, line: number): StoreError {
  return new StoreError(
    "E_REFUSED",
    `Line ${line} of ${place} is encrypted, and its first lines are not. Nothing was changed.`,
    {
      hint: "Look at the transcript; it may have been put together of two.",
      details: { path: place, line },
    },
  );
}
