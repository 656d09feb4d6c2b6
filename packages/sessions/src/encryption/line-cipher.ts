import { createHmac } from "node:crypto";
import { parseRecord } from "@sessionsmith/core";
import { decryptGcm, encryptGcm, nonceBytes } from "./aes-gcm.ts";
import { type Envelope, envelopeVersion, formatEnvelope, parseEnvelope } from "./envelope.ts";
import { type KeyParams, keyParamsJson } from "./key-params.ts";
import type { EncodedLine, LineEnd } from "./line-codec.ts";
import type { SessionKeys } from "./session-keys.ts";
import { tampered } from "./tampered.ts";

/** One transcript, and the keys to it. */
export interface CipherSession {
  readonly sessionId: string;
  readonly params: KeyParams;
  readonly keys: SessionKeys;
  /** What it is called in an error: a path. */
  readonly place: string;
  /** Random bytes of the codec, so that a line written again is encrypted under another nonce. */
  readonly seed: Uint8Array;
}

/** An envelope that stands in a transcript, decrypted. */
export interface OpenedEnvelope {
  readonly plain: Buffer;
  readonly tag: string;
}

/** Encrypts the bytes of a line as envelope number `n`; the opening is number 0 and holds nothing. */
export function encryptLine(
  session: CipherSession,
  n: number,
  { plain, previousTag }: { readonly plain: Uint8Array; readonly previousTag: string },
): EncodedLine {
  const facts = { n, key: n === 0 ? session.params : undefined, timestamp: timeOf(plain) };
  const associated = associatedBytes(session, facts, previousTag);
  const nonce = nonceFor(session, associated, plain);
  const { text, tag } = encryptGcm({ key: session.keys.line, nonce, associated }, plain);
  const line = formatEnvelope({ ...facts, nonce, tag, text }, tagOf(previousTag));
  return { text: line, end: { count: n, tag: tag.toString("base64") } };
}

/**
 * Decrypts the envelope that stands after one with that tag.
 * @throws StoreError E_TAMPERED unless it is, byte for byte, what was written there
 */
export function decryptLine(
  session: CipherSession,
  stored: Uint8Array,
  after: LineEnd & { readonly n: number },
) {
  const { n, tag: previousTag } = after;
  const parsed = parseEnvelope(stored);
  if (parsed.state !== "envelope") throw tampered(session.place, n, parseWords[parsed.state]);
  const { envelope } = parsed;
  if (envelope.n !== n) throw tampered(session.place, n, "another line stands there");
  if (!isSpelledAs(stored, formatEnvelope(envelope, tagOf(previousTag))))
    throw tampered(session.place, n, "it is not the one that was written after the line before");
  const associated = associatedBytes(session, envelope, previousTag);
  const plain = decryptGcm({ key: session.keys.line, nonce: envelope.nonce, associated }, envelope);
  if (plain === undefined) throw tampered(session.place, n, "it was changed");
  const opened: OpenedEnvelope = { plain, tag: Buffer.from(envelope.tag).toString("base64") };
  return opened;
}

const parseWords = {
  newer: "a newer version of this program wrote it",
  other: "it is not encrypted",
  damaged: "it is no whole envelope",
} as const;

/** Session id, number, the tag before: what an envelope is bound to beside its own bytes. */
function associatedBytes(
  { sessionId }: CipherSession,
  { n, key, timestamp }: Pick<Envelope, "key" | "n" | "timestamp">,
  previousTag: string,
): Buffer {
  const bound = [
    "sessionsmith/line",
    envelopeVersion,
    sessionId,
    n,
    previousTag,
    timestamp ?? null,
    key === undefined ? null : keyParamsJson(key),
  ];
  return Buffer.from(JSON.stringify(bound), "utf8");
}

/**
 * A nonce that nobody can foresee, and that comes again only if everything comes again: of the seed, what the line is bound to, and the
 * line itself. So not even a source of random bytes that repeats itself makes two texts share one.
 */
function nonceFor({ keys, seed }: CipherSession, associated: Buffer, plain: Uint8Array): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(associated.length));
  const hmac = createHmac("sha256", keys.nonce);
  return hmac.update(seed).update(length).update(associated).update(plain).digest().subarray(0, nonceBytes);
}

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/** The time that a line tells of itself, if it is spelled as a time and nothing else. */
function timeOf(plain: Uint8Array): string | undefined {
  const parsed = plain.length === 0 ? undefined : parseRecord(plain);
  const timestamp = parsed?.ok === true ? parsed.record["timestamp"] : undefined;
  return typeof timestamp === "string" && isoTime.test(timestamp) ? timestamp : undefined;
}

function tagOf(text: string): Buffer | undefined {
  return text === "" ? undefined : Buffer.from(text, "base64");
}

/** What is stored is public, so there is nothing to hide in the time that this takes. */
function isSpelledAs(stored: Uint8Array, text: string): boolean {
  return Buffer.compare(stored, Buffer.from(text, "utf8")) === 0;
}
