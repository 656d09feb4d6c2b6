import { type JsonObject, StoreError } from "@sessionsmith/core";
import type { SessionStore } from "@sessionsmith/core/store";
import type { Keyring } from "../encryption/keyring.ts";
import type { LineCodec, LineEnd } from "../encryption/line-codec.ts";
import type { RandomBytes } from "../encryption/random-bytes.ts";
import { newSessionCodec, openSessionCodec, seedBytes } from "../encryption/session-codec.ts";
import { storedBytes } from "./record-codec.ts";

/** How what is stored is protected. */
export interface Protection {
  /** Opens what is encrypted; undefined: what is encrypted is an error. */
  readonly keyring: Keyring | undefined;
  /** True: what is new is encrypted, and nothing is added to a plain transcript. Needs a key. */
  readonly encrypts: boolean;
  readonly random: RandomBytes;
}

/** What this process knows of a transcript that is encrypted. */
export interface KnownTranscript {
  readonly codec: LineCodec;
  /** The place of its last line. */
  readonly end: LineEnd;
  /** The record that stands there; undefined if there is no line. */
  readonly last: JsonObject | undefined;
}

/** A place that a row is to vouch for. */
export interface PendingSeal extends Pick<KnownTranscript, "codec" | "end"> {
  /**
   * True for a transcript that has just begun. Otherwise the row has to vouch for an earlier place of the same one: if it does not,
   * somebody else has taken the lines away meanwhile.
   */
  readonly begins: boolean;
}

/** A store that is protected, with what is remembered of it; shared by all who work with it. */
export interface ProtectedTranscripts {
  readonly protection: Protection;
  /** By session id. */
  readonly known: Map<string, KnownTranscript>;
  /** Codecs that were opened last, by session id: deriving keys takes longer than a line. */
  readonly codecs: Map<string, LineCodec>;
  /** Transcripts that are being looked at, by session id. */
  readonly opening: Map<string, Promise<"encrypted" | "plain">>;
  /** Seals that the rows do not have yet, by session id. */
  readonly pending: Map<string, PendingSeal>;
  /** Session keys by session id, as they were seen last. */
  readonly keys: Map<string, string>;
}

/** The name of a transcript in an error. */
export function placeOf({ path }: SessionStore, sessionId: string): string {
  return `session ${sessionId} of ${path}`;
}

/** {@link codecOf}, once for each opening. */
export function knownCodec(
  { codecs, protection }: Pick<ProtectedTranscripts, "codecs" | "protection">,
  opening: JsonObject,
  session: { readonly sessionId: string; readonly place: string },
): LineCodec {
  const cached = codecs.get(session.sessionId);
  if (cached !== undefined && cached.opening === storedBytes(opening).toString("utf8")) return cached;
  const codec = codecOf(protection, opening, session);
  codecs.set(session.sessionId, codec);
  return codec;
}

/** The codec of a transcript that is encrypted. @throws StoreError E_KEY, E_TAMPERED */
export function codecOf(
  { keyring, random }: Protection,
  opening: JsonObject,
  { sessionId, place }: { readonly sessionId: string; readonly place: string },
): LineCodec {
  if (keyring === undefined) throw noKey(place);
  return openSessionCodec({ keyring, sessionId, place }, storedBytes(opening), random);
}

/** A codec for a transcript that begins. @throws StoreError E_KEY */
export function freshCodec(
  { keyring, random }: Protection,
  { sessionId, place }: { readonly sessionId: string; readonly place: string },
): LineCodec {
  if (keyring === undefined) throw noKey(place);
  return newSessionCodec(
    { keyring, sessionId, place },
    { params: keyring.newParams(), seed: random(seedBytes) },
  );
}

/** The error for something that is encrypted, and no key. */
export function noKey(place: string): StoreError {
  return new StoreError("E_KEY", `The ${place} is encrypted, and no key was given. Nothing was changed.`, {
    hint: "Give the key that it was encrypted with.",
    details: { place },
  });
}
