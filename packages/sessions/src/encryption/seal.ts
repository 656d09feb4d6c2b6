import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { isJsonObject, type JsonObject, type JsonValue } from "@sessionsmith/core";
import { parseBase64 } from "./base64.ts";
import { type KeyParams, keyParamsJson, parseKeyParams } from "./key-params.ts";
import type { CipherSession } from "./line-cipher.ts";
import type { LineEnd, SealedPlace } from "./line-codec.ts";
import { tampered } from "./tampered.ts";

/** The version of the seal that is written. */
const sealVersion = 1;

/** What a row says of its encrypted transcript, without its authentication. */
export interface SealFacts extends LineEnd {
  /** The session id that the transcript has in its header. */
  readonly session: string;
  /** As in the opening of the transcript. */
  readonly key: KeyParams;
  /** sha256 of line 1, lower-case hex; null if whoever made the seal did not see that line. */
  readonly header: string | null;
}

/** Vouches for a transcript up to a place. */
export function makeSeal(
  session: CipherSession,
  { count, tag }: LineEnd,
  header: string | undefined,
): JsonObject {
  const facts: SealFacts = {
    session: session.sessionId,
    key: session.params,
    count,
    tag,
    header: header ?? null,
  };
  return { ...sealJson(facts), mac: macOf(session, facts).toString("base64") };
}

/**
 * The place that a seal vouches for.
 * @throws StoreError E_TAMPERED if there is none, it was not made for this transcript, or line 1 is another one
 */
export function openSeal(
  session: CipherSession,
  seal: JsonValue | undefined,
  header: string | undefined,
): SealedPlace {
  const { place } = session;
  if (seal === undefined)
    throw tampered(place, undefined, "its row does not vouch for it, so lines may be missing at its end");
  const read = readSeal(seal);
  if (read === undefined) throw tampered(place, undefined, "the seal in its row is damaged");
  const { facts, mac } = read;
  if (!timingSafeEqual(mac, macOf(session, facts)))
    throw tampered(place, undefined, "the seal in its row was made for another transcript, or changed");
  const known = facts.header ?? undefined;
  if (header !== undefined && known !== undefined && known !== header)
    throw tampered(place, -1, "it is another header");
  return { count: facts.count, tag: facts.tag, header: known };
}

/**
 * Refuses a plain transcript whose row says that it is encrypted: somebody put it in the place of the encrypted one. A seal that an
 * earlier session of the row left says nothing of this one.
 * @throws StoreError E_TAMPERED
 */
export function requireNoSeal(seal: JsonValue | undefined, sessionId: string, place: string): void {
  if (seal !== undefined && readSeal(seal)?.facts.session === sessionId)
    throw tampered(place, undefined, "its row says that it is encrypted, and it is not");
}

/** What a seal says, not yet verified; undefined if it is damaged or newer. */
export function readSealFacts(seal: JsonValue): SealFacts | undefined {
  return readSeal(seal)?.facts;
}

function readSeal(seal: JsonValue): { readonly facts: SealFacts; readonly mac: Buffer } | undefined {
  if (!isJsonObject(seal) || seal["v"] !== sealVersion) return undefined;
  const { session, count, tag, header } = seal;
  const key = parseKeyParams(seal["key"]);
  const mac = parseBase64(seal["mac"], 32);
  if (typeof session !== "string" || typeof tag !== "string") return undefined;
  if (typeof header !== "string" && header !== null) return undefined;
  if (typeof count !== "number" || key === undefined || mac === undefined) return undefined;
  return { facts: { session, key, count, tag, header }, mac };
}

function sealJson({ session, key, count, tag, header }: SealFacts): JsonObject {
  return { v: sealVersion, session, key: keyParamsJson(key), count, tag, header };
}

/** The keys are those of the transcript that is read, so a seal of another one does not fit. */
function macOf({ keys }: CipherSession, facts: SealFacts): Buffer {
  const sealed = JSON.stringify(["sessionsmith/seal", sealJson(facts)]);
  return createHmac("sha256", keys.seal).update(sealed, "utf8").digest();
}

/** What a seal keeps of line 1, given without its end. */
export function headerSha256(header: Uint8Array): string {
  return createHash("sha256").update(header).digest("hex");
}
