import {
  type JsonObject,
  parseHeader,
  type ReadableFile,
  readHead,
  StoreError,
  type TranscriptOpener,
} from "@sessionsmith/core";
import { parseEnvelope } from "../encryption/envelope.ts";
import type { Keyring } from "../encryption/keyring.ts";
import { openSessionCodec } from "../encryption/session-codec.ts";
import { tampered } from "../encryption/tampered.ts";
import { claimedEnd, decodeRecord } from "./record-codec.ts";

/** Header and opening are shorter. */
const headBytes = 16_384;

/**
 * Makes what shows single lines of encrypted transcripts to who has the key: titles and previews. Each line is authentic, and stands
 * where it was written; that none is missing at the end is for `decrypt` and a session manager to say.
 */
export function transcriptOpener(keyring: Keyring): TranscriptOpener {
  return (file) => {
    const found = headOf(file);
    if (found === undefined) return undefined;
    const { sessionId, opening } = found;
    const place = `the transcript of session ${sessionId}`;
    const codec = openSessionCodec({ keyring, sessionId, place }, opening);
    return (stored: JsonObject, before: JsonObject): JsonObject => {
      const after = claimedEnd(before);
      if (after === undefined) throw tampered(place, undefined, "one of its lines is not encrypted");
      return decodeRecord(codec, { record: stored, after }, place).record;
    };
  };
}

/** Undefined if the line after the header is no envelope. */
function headOf(file: ReadableFile): { readonly sessionId: string; readonly opening: Buffer } | undefined {
  const head = readHead(file, headBytes);
  const end = head.indexOf(0x0a);
  const next = end === -1 ? -1 : head.indexOf(0x0a, end + 1);
  const second = end === -1 ? Buffer.alloc(0) : head.subarray(end + 1, next === -1 ? head.length : next);
  if (parseEnvelope(second).state === "other") return undefined;
  const header = parseHeader(head.subarray(0, end));
  if (header.state === "header") return { sessionId: header.header.id, opening: second };
  throw new StoreError(
    "E_TAMPERED",
    "An encrypted transcript does not begin with a header that is understood.",
  );
}
