import { envelopeType, isJsonObject, type JsonObject, parseRecord } from "@sessionsmith/core";
import { nonceBytes, tagBytes } from "./aes-gcm.ts";
import { parseBase64 } from "./base64.ts";
import { type KeyParams, keyParamsJson, parseKeyParams } from "./key-params.ts";

/** The version of the envelope that is written; another one is refused. */
export const envelopeVersion = 1;

/** What one envelope holds. To OpenClaw 2026.5.28 it is a `custom` entry of a version 3 transcript, in a chain of such entries. */
export interface Envelope {
  /** Its number: 0 is the opening, which holds no line; the lines follow without a gap. */
  readonly n: number;
  /** How the key is derived; in the opening, and nowhere else. */
  readonly key: KeyParams | undefined;
  /** The time of the line, if it has one in ISO 8601; authenticated, and not encrypted. */
  readonly timestamp: string | undefined;
  readonly nonce: Uint8Array;
  readonly tag: Uint8Array;
  /** The encrypted bytes of the line, without its line end. */
  readonly text: Uint8Array;
}

/**
 * The one spelling of an envelope, a line without its end. The id of the entry and that of its parent come from the tags, so that
 * nothing of the encrypted entries shows in them.
 * @param previousTag the tag of the envelope before; undefined for the opening
 */
export function formatEnvelope(envelope: Envelope, previousTag: Uint8Array | undefined): string {
  const { n, key, timestamp, nonce, tag, text } = envelope;
  const data: JsonObject = {
    v: envelopeVersion,
    n,
    ...(key === undefined ? {} : { key: keyParamsJson(key) }),
    nonce: base64(nonce),
    tag: base64(tag),
    text: base64(text),
  };
  return JSON.stringify({
    type: "custom",
    id: entryId(tag),
    parentId: previousTag === undefined ? null : entryId(previousTag),
    ...(timestamp === undefined ? {} : { timestamp }),
    customType: envelopeType,
    data,
  });
}

/** What a line of a transcript is to somebody who looks for envelopes. */
export type EnvelopeParse =
  | { readonly state: "envelope"; readonly envelope: Envelope }
  /** An envelope of another version. */
  | { readonly state: "newer" }
  /** Another record, or no record at all. */
  | { readonly state: "other" }
  /** It is marked as an envelope, and is none that this product writes. */
  | { readonly state: "damaged" };

/**
 * Reads an envelope from a line without its end. One that is not spelled exactly as {@link formatEnvelope} does is damaged, but for
 * the parent's id, which only a reader of the whole transcript can tell.
 */
export function parseEnvelope(line: Uint8Array): EnvelopeParse {
  const parsed = parseRecord(line);
  if (!parsed.ok || parsed.record["customType"] !== envelopeType) return { state: "other" };
  const { record } = parsed;
  const { data, timestamp } = record;
  if (!isJsonObject(data)) return { state: "damaged" };
  if (data["v"] !== envelopeVersion) return { state: "newer" };
  const envelope = envelopeOf(data, timestamp);
  return envelope === undefined ? { state: "damaged" } : { state: "envelope", envelope };
}

function envelopeOf(data: JsonObject, timestamp: unknown): Envelope | undefined {
  const { n } = data;
  const nonce = parseBase64(data["nonce"], nonceBytes);
  const tag = parseBase64(data["tag"], tagBytes);
  const text = parseBase64(data["text"]);
  if (typeof n !== "number" || !Number.isSafeInteger(n) || n < 0) return undefined;
  if (nonce === undefined || tag === undefined || text === undefined) return undefined;
  if (timestamp !== undefined && typeof timestamp !== "string") return undefined;
  const key = data["key"] === undefined ? undefined : parseKeyParams(data["key"]);
  if ((n === 0) !== (key !== undefined)) return undefined;
  return { n, key, timestamp, nonce, tag, text };
}

function entryId(tag: Uint8Array): string {
  return Buffer.from(tag).toString("hex", 0, 8);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
