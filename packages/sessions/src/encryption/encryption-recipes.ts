import type { JsonObject, ReadableFile, Recipe, Recipes } from "@sessionsmith/core";
import { parseBase64 } from "./base64.ts";
import { decryptedLines, encryptedTranscript, transcriptBytes } from "./encrypt-transcript.ts";
import { keyParamsJson, parseKeyParams } from "./key-params.ts";
import type { Keyring } from "./keyring.ts";
import { type CodecRandom, newSessionCodec, openSessionCodec, seedBytes } from "./session-codec.ts";
import { firstStored, type TranscriptLines, transcriptLines } from "./transcript-lines.ts";

/** The names by which a plan asks for the recipes. */
export const encryptRecipeName = "encrypt-transcript";
export const decryptRecipeName = "decrypt-transcript";
export const rotateRecipeName = "rotate-transcript";

/** The keys that the recipes work with, each asked for when it is needed first. A plan names neither. */
export interface RecipeKeys {
  /** What encrypted transcripts are read with, and plain ones encrypted with. Throws E_KEY if there is none. */
  readonly key: () => Keyring;
  /** What a rotation encrypts with. */
  readonly newKey?: () => Keyring;
}

/** The recipes that plans of encryption name, and undoing them; `applyPlan` takes them. */
export function encryptionRecipes({ key, newKey }: RecipeKeys): Recipes {
  const encrypt: Recipe = (inputs, params) => {
    const source = readSource(inputs, params);
    return encryptedChunks(source.lines, key(), { params, place: source.place });
  };
  const decrypt: Recipe = (inputs, params) => {
    const { lines, place } = readSource(inputs, params);
    return inChunks(transcriptBytes(unsealedLines(lines, key(), place)));
  };
  const rotate: Recipe = (inputs, params) => {
    if (newKey === undefined) throw new Error("a rotation without a new key");
    const { lines, place } = readSource(inputs, params);
    return encryptedChunks(unsealedLines(lines, key(), place), newKey(), { params, place });
  };
  return new Map([
    [encryptRecipeName, encrypt],
    [decryptRecipeName, decrypt],
    [rotateRecipeName, rotate],
  ]);
}

/** The parameters of a step: nothing of them is secret. */
export function recipeParams(place: string, random?: CodecRandom): JsonObject {
  if (random === undefined) return { place };
  return { place, key: keyParamsJson(random.params), seed: Buffer.from(random.seed).toString("base64") };
}

function readSource(
  [file]: Iterable<ReadableFile>,
  { place }: JsonObject,
): { readonly lines: TranscriptLines; readonly place: string } {
  if (file === undefined || typeof place !== "string") throw new Error("a recipe without its input");
  return { lines: transcriptLines(file, place), place };
}

function readRandom({ key, seed }: JsonObject): CodecRandom {
  const params = parseKeyParams(key);
  const bytes = parseBase64(seed, seedBytes);
  if (params === undefined || bytes === undefined)
    throw new Error("the parameters of an encryption are not sound");
  return { params, seed: bytes };
}

/** The plan was made of what the row vouches for, and the file is the same. */
function unsealedLines(lines: TranscriptLines, keyring: Keyring, place: string): TranscriptLines {
  const session = { keyring, sessionId: lines.sessionId, place };
  const codec = openSessionCodec(session, firstStored(lines, place).bytes);
  return decryptedLines(lines, { codec, sealed: undefined, place, plainTail: true });
}

function encryptedChunks(
  lines: TranscriptLines,
  keyring: Keyring,
  { params, place }: { readonly params: JsonObject; readonly place: string },
): Iterable<Uint8Array> {
  const codec = newSessionCodec({ keyring, sessionId: lines.sessionId, place }, readRandom(params));
  return inChunks(encryptedTranscript(lines, codec, place));
}

const chunkBytes = 65_536;

function* inChunks(parts: Iterable<Uint8Array | string>): Generator<Uint8Array> {
  let pending: Uint8Array[] = [];
  let length = 0;
  for (const part of parts) {
    const bytes = typeof part === "string" ? Buffer.from(part, "utf8") : part;
    pending.push(bytes);
    length += bytes.length;
    if (length < chunkBytes) continue;
    yield Buffer.concat(pending);
    pending = [];
    length = 0;
  }
  yield Buffer.concat(pending);
}
