import { StoreError } from "@sessionsmith/core";
import { parseEnvelope } from "./envelope.ts";
import type { KeyParams } from "./key-params.ts";
import type { Keyring } from "./keyring.ts";
import { type CipherSession, decryptLine, encryptLine } from "./line-cipher.ts";
import type { LineCodec } from "./line-codec.ts";
import { type RandomBytes, systemRandomBytes } from "./random-bytes.ts";
import { makeSeal, openSeal } from "./seal.ts";
import { sessionKeys } from "./session-keys.ts";
import { tampered } from "./tampered.ts";

/** Which transcript is encrypted, and with what. */
export interface CodecSession {
  readonly keyring: Keyring;
  /** As the header of the transcript says. */
  readonly sessionId: string;
  /** What the transcript is called in an error: its path. */
  readonly place: string;
}

/** What makes the encryption of one transcript differ from that of every other. */
export interface CodecRandom {
  /** From `Keyring.newParams`. */
  readonly params: KeyParams;
  /** 16 random bytes; the same ones make the same codec. */
  readonly seed: Uint8Array;
}

/** Bytes of a seed. */
export const seedBytes = 16;

/** A codec for a transcript that begins to be encrypted. */
export function newSessionCodec(session: CodecSession, { params, seed }: CodecRandom): LineCodec {
  const cipher = cipherSession(session, params, seed);
  const { text, end } = encryptLine(cipher, 0, { plain: Buffer.alloc(0), previousTag: "" });
  return codecOf(cipher, text, end.tag);
}

/**
 * The codec of a transcript that is encrypted.
 * @param opening the line right after its header, without its end
 * @throws StoreError E_KEY if it was encrypted with another key; E_TAMPERED if the line is no opening of this session
 */
export function openSessionCodec(
  session: CodecSession,
  opening: Uint8Array,
  random: RandomBytes = systemRandomBytes,
): LineCodec {
  const cipher = cipherSession(session, openingParams(opening, session.place), random(seedBytes));
  const { plain, tag } = decryptLine(cipher, opening, { n: 0, count: 0, tag: "" });
  if (plain.length > 0) throw tampered(session.place, 0, "an opening holds no line");
  return codecOf(cipher, Buffer.from(opening).toString("utf8"), tag);
}

/**
 * How the key of an encrypted transcript is derived.
 * @param opening the line right after its header, without its end
 * @throws StoreError E_TAMPERED if it is no opening
 */
export function openingParams(opening: Uint8Array, place: string): KeyParams {
  const parsed = parseEnvelope(opening);
  if (parsed.state === "envelope" && parsed.envelope.key !== undefined) return parsed.envelope.key;
  if (parsed.state === "newer") {
    throw new StoreError("E_REFUSED", `${place} was encrypted by a newer version. Nothing was changed.`, {
      hint: "Use that version.",
      details: { path: place },
    });
  }
  throw tampered(place, 0, "the encryption does not begin there");
}

function cipherSession({ keyring, sessionId, place }: CodecSession, params: KeyParams, seed: Uint8Array) {
  const keys = sessionKeys(keyring.masterKey(params, place), params, sessionId);
  const session: CipherSession = { sessionId, params, keys, place, seed };
  return session;
}

function codecOf(cipher: CipherSession, opening: string, openingTag: string): LineCodec {
  return {
    encrypted: true,
    opening,
    start: { count: 0, tag: openingTag },
    encode: (plain, { count, tag }) => encryptLine(cipher, count + 1, { plain, previousTag: tag }),
    decode: (stored, after) => {
      const n = after.count + 1;
      const { plain, tag } = decryptLine(cipher, stored, { ...after, n });
      return { bytes: plain, end: { count: n, tag } };
    },
    seal: (end, header) => makeSeal(cipher, end, header),
    checkSeal: (seal, header) => openSeal(cipher, seal, header),
  };
}
