import { isJsonObject, type JsonObject, parseRecord } from "@sessionsmith/core";
import { decryptGcm, encryptGcm, nonceBytes, tagBytes } from "../encryption/aes-gcm.ts";
import { parseBase64 } from "../encryption/base64.ts";
import { deriveKey } from "../encryption/hkdf.ts";
import { type KeyParams, keyParamsJson, parseKeyParams } from "../encryption/key-params.ts";
import type { Keyring } from "../encryption/keyring.ts";
import type { RandomBytes } from "../encryption/random-bytes.ts";
import { tampered } from "../encryption/tampered.ts";

const version = 1;
const fieldName = "sessionsmithEncrypted";

/** What a note belongs to; it opens nowhere else. */
export interface NotePlace {
  readonly keyring: Keyring;
  /** The session key and session id that the note is about. */
  readonly about: readonly [key: string, sessionId: string];
  /** What it is called in an error. */
  readonly place: string;
}

/** Encrypts a note that stands beside a checkpoint: each with a key of its own. */
export function closeNote(
  note: JsonObject,
  { keyring, about, place }: NotePlace,
  random: RandomBytes,
): JsonObject {
  const params = keyring.newParams();
  const nonce = random(nonceBytes);
  const input = { key: noteKey(keyring, params, place), nonce, associated: associatedBytes(about) };
  const { text, tag } = encryptGcm(input, Buffer.from(JSON.stringify(note), "utf8"));
  const [nonceText, tagText, textText] = [nonce, tag, text].map((bytes) =>
    Buffer.from(bytes).toString("base64"),
  );
  return {
    [fieldName]: {
      v: version,
      key: keyParamsJson(params),
      nonce: nonceText ?? "",
      tag: tagText ?? "",
      text: textText ?? "",
    },
  };
}

/** Tells whether a note is encrypted. */
export function isClosedNote(note: JsonObject): boolean {
  return isJsonObject(note[fieldName]);
}

/** Decrypts a note. @throws StoreError E_KEY, E_TAMPERED */
export function openNote(note: JsonObject, { keyring, about, place }: NotePlace): JsonObject {
  const box = note[fieldName];
  if (!isJsonObject(box) || box["v"] !== version)
    throw tampered(place, undefined, "its note is damaged, or newer");
  const key = parseKeyParams(box["key"]);
  const nonce = parseBase64(box["nonce"], nonceBytes);
  const tag = parseBase64(box["tag"], tagBytes);
  const text = parseBase64(box["text"]);
  if (key === undefined || nonce === undefined || tag === undefined || text === undefined)
    throw tampered(place, undefined, "its note is damaged");
  const input = { key: noteKey(keyring, key, place), nonce, associated: associatedBytes(about) };
  const plain = decryptGcm(input, { text, tag });
  const parsed = plain && parseRecord(plain);
  if (parsed?.ok !== true) throw tampered(place, undefined, "its note was changed");
  return parsed.record;
}

function noteKey(keyring: Keyring, params: KeyParams, place: string) {
  return deriveKey(keyring.masterKey(params, place), {
    salt: Buffer.from(params.salt, "base64"),
    info: Buffer.from(JSON.stringify(["sessionsmith/1", "note"]), "utf8"),
  });
}

function associatedBytes(about: NotePlace["about"]): Buffer {
  return Buffer.from(JSON.stringify(["sessionsmith/note", version, ...about]), "utf8");
}
