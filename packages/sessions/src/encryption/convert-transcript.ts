import type {
  CipherSides,
  ContentSource,
  FileFact,
  JsonObject,
  JsonValue,
  ReadableFile,
} from "@sessionsmith/core";
import { sha256OfFile } from "@sessionsmith/core";
import { decryptedLines, encryptedTranscript } from "./encrypt-transcript.ts";
import {
  decryptRecipeName,
  encryptRecipeName,
  recipeParams,
  rotateRecipeName,
} from "./encryption-recipes.ts";
import type { EncryptionOrder, EncryptionSkip } from "./encryption-order.ts";
import type { KeyParams } from "./key-params.ts";
import type { Keyring } from "./keyring.ts";
import type { LineCodec } from "./line-codec.ts";
import { systemRandomBytes } from "./random-bytes.ts";
import { headerSha256, requireNoSeal } from "./seal.ts";
import { newSessionCodec, openingParams, openSessionCodec, seedBytes } from "./session-codec.ts";
import { firstStored, type TranscriptLines, transcriptLines } from "./transcript-lines.ts";

/** A transcript, open, with what its row vouches for. */
export interface SourceTranscript {
  readonly file: ReadableFile;
  /** Absolute. */
  readonly path: string;
  readonly seal: JsonValue | undefined;
  /** Keys that transcripts of the store are encrypted with. */
  readonly known: () => Iterable<KeyParams>;
}

/** How a transcript is made anew. */
export interface Conversion {
  readonly fact: FileFact;
  readonly content: ContentSource;
  readonly cipher: CipherSides;
  /** The seal for its row; undefined if it is plain then. */
  readonly seal: JsonObject | undefined;
  /** Lines after the header. */
  readonly lines: number;
}

/**
 * Plans to encrypt, decrypt or re-encrypt one transcript: reads it as a whole, and writes nothing.
 * @returns why it is left as it is, or how it is made anew
 * @throws StoreError E_KEY, E_TAMPERED, E_REFUSED
 */
export function convertTranscript(
  source: SourceTranscript,
  order: EncryptionOrder,
): Conversion | EncryptionSkip {
  const lines = transcriptLines(source.file, source.path);
  if (!lines.encrypted) requireNoSeal(source.seal, lines.sessionId, source.path);
  if (order.task === "encrypt") {
    if (lines.encrypted) return "already-encrypted";
    return encrypted(source, lines, { keyring: order.keyring, recipe: encryptRecipeName, order });
  }
  if (!lines.encrypted) return "not-encrypted";
  if (order.task === "rotate") return rotated(source, lines, order);
  const withSeal = order.withoutSeal ? undefined : source;
  return decrypted(source, opened(source, lines, { keyring: order.keyring, vouched: withSeal }));
}

function rotated(
  source: SourceTranscript,
  lines: TranscriptLines,
  order: Extract<EncryptionOrder, { readonly task: "rotate" }>,
): Conversion | EncryptionSkip {
  const params = openingParams(firstStored(lines, source.path).bytes, source.path);
  if (order.newKeyring.fits(params)) return "already-rotated";
  const plain = opened(source, lines, { keyring: order.keyring, vouched: source });
  return encrypted(source, plain, { keyring: order.newKeyring, recipe: rotateRecipeName, order });
}

/** What is encrypted of a plain file may not leave it behind in clear; of an encrypted one, it may stay as it is. */
function encrypted(
  { file, path, known }: SourceTranscript,
  plain: TranscriptLines,
  {
    keyring,
    recipe,
    order,
  }: { readonly keyring: Keyring; readonly recipe: string; readonly order: EncryptionOrder },
): Conversion {
  const random = {
    params: keyring.newParams(known()),
    seed: (order.random ?? systemRandomBytes)(seedBytes),
  };
  const codec = newSessionCodec({ keyring, sessionId: plain.sessionId, place: path }, random);
  const end = lastOf(encryptedTranscript(plain, codec, path));
  return {
    fact: file.fact,
    content: derived(file, path, { recipe, params: recipeParams(path, random) }),
    cipher: cipherSides(recipe === encryptRecipeName ? "replaced" : "neither", path),
    seal: codec.seal(end, headerSha256(plain.header.bytes)),
    lines: end.count,
  };
}

function decrypted({ file, path }: SourceTranscript, plain: TranscriptLines): Conversion {
  let lines = 0;
  for (const _ of plain.rest()) lines += 1;
  return {
    fact: file.fact,
    content: derived(file, path, { recipe: decryptRecipeName, params: recipeParams(path) }),
    cipher: cipherSides("written", path),
    seal: undefined,
    lines,
  };
}

function opened(
  { path }: SourceTranscript,
  lines: TranscriptLines,
  { keyring, vouched }: { readonly keyring: Keyring; readonly vouched: SourceTranscript | undefined },
): TranscriptLines {
  const session = { keyring, sessionId: lines.sessionId, place: path };
  const codec: LineCodec = openSessionCodec(session, firstStored(lines, path).bytes);
  const sealed = vouched && codec.checkSeal(vouched.seal, headerSha256(lines.header.bytes));
  return decryptedLines(lines, { codec, sealed, place: path, plainTail: vouched === undefined });
}

function cipherSides(clear: CipherSides["clear"], path: string): CipherSides {
  return { clear, open: decryptRecipeName, params: recipeParams(path) };
}

function derived(
  file: ReadableFile,
  path: string,
  source: { readonly recipe: string; readonly params: JsonObject },
): ContentSource {
  const input = { path, size: file.fact.size, sha256: sha256OfFile(file) };
  return { source: "derive", inputs: [input], ...source };
}

/** Runs a generator to its end, for what it returns. */
function lastOf<R>(parts: Generator<unknown, R>): R {
  for (;;) {
    const next = parts.next();
    if (next.done === true) return next.value;
  }
}
