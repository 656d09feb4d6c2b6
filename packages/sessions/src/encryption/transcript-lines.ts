import {
  parseHeader,
  type ReadableFile,
  scanLines,
  StoreError,
  type TranscriptLine,
} from "@sessionsmith/core";
import { parseEnvelope } from "./envelope.ts";
import { tampered } from "./tampered.ts";

/** A line with every byte of it but the `\n`. */
export interface RawLine {
  readonly bytes: Buffer;
  readonly terminated: boolean;
}

/** A transcript that is about to be encrypted or decrypted. */
export interface TranscriptLines {
  readonly header: RawLine;
  readonly sessionId: string;
  /** True if the line after the header is an envelope. */
  readonly encrypted: boolean;
  /** The lines after the header, blank ones too; reads them anew each time. */
  readonly rest: () => Iterable<RawLine>;
}

/**
 * Looks at a transcript.
 * @param place what it is called in an error: its path
 * @throws StoreError E_REFUSED if it does not begin with a header that is understood, or a line is longer than 64 MiB
 */
export function transcriptLines(file: ReadableFile, place: string): TranscriptLines {
  const rest = () => rawLines(file, place);
  const [header, second] = firstTwo(rest());
  const parsed = header === undefined ? undefined : parseHeader(header.bytes);
  if (header === undefined || parsed?.state !== "header") {
    throw new StoreError(
      "E_REFUSED",
      `${place} does not begin with a header that is understood. Nothing was changed.`,
      {
        hint: "Look at its first line, and take a copy before you mend it.",
        details: { path: place },
      },
    );
  }
  return {
    header,
    sessionId: parsed.header.id,
    encrypted: second !== undefined && parseEnvelope(second.bytes).state !== "other",
    rest: () => withoutFirst(rest()),
  };
}

/**
 * The line right after the header, which is the opening of an encrypted transcript.
 * @throws StoreError E_TAMPERED if there is none
 */
export function firstStored({ rest }: TranscriptLines, place: string): RawLine {
  for (const line of rest()) return line;
  throw tampered(place, 0, "it is not there");
}

function firstTwo(lines: Iterable<RawLine>): readonly RawLine[] {
  const first: RawLine[] = [];
  for (const line of lines) if (first.push(line) === 2) break;
  return first;
}

function* withoutFirst(lines: Iterable<RawLine>): Generator<RawLine> {
  let isFirst = true;
  for (const line of lines) {
    if (!isFirst) yield line;
    isFirst = false;
  }
}

function* rawLines(file: ReadableFile, place: string): Generator<RawLine> {
  for (const line of scanLines(file)) yield rawLine(line, place);
}

/** `\r` belongs to the line here: what is encrypted comes back byte for byte. */
function rawLine({ bytes, offset, endOffset, terminated }: TranscriptLine, place: string): RawLine {
  if (bytes === undefined) throw tooLong(place, offset);
  const length = endOffset - offset - (terminated ? 1 : 0);
  return { bytes: length === bytes.length ? bytes : Buffer.concat([bytes, Buffer.from("\r")]), terminated };
}

/** A line that is too long to be loaded, or would be once it is encrypted. */
export function tooLong(place: string, offset: number): StoreError {
  return new StoreError(
    "E_REFUSED",
    `The line at byte ${offset} of ${place} is too long to be encrypted. Nothing was changed.`,
    {
      hint: "Encrypt the other sessions by naming them.",
      details: { path: place, offset },
    },
  );
}
