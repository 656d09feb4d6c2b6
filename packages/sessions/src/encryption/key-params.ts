import { isJsonObject, type JsonObject } from "@sessionsmith/core";
import { parseBase64 } from "./base64.ts";

/** How a passphrase is stretched (RFC 7914). */
export interface ScryptParams {
  /** Base64 of 16 bytes; the same for all sessions that one process encrypts. */
  readonly salt: string;
  /** Cost, a power of two. */
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** What has to be known beside the key to decrypt a transcript; it stands in its first envelope. */
export interface KeyParams {
  /** Tells keys apart, and nothing else of them: 16 hex digits. */
  readonly id: string;
  /** Base64 of 16 random bytes; no two transcripts have the same. */
  readonly salt: string;
  /** Null for a random key, which needs no stretching. */
  readonly scrypt: ScryptParams | null;
}

/** Bytes of a salt. */
export const saltBytes = 16;

/** The cost for new passphrases: 128 MiB of memory, and some tenths of a second. */
export const scryptCost = { N: 2 ** 17, r: 8, p: 1 } as const;

/** What a stored cost may ask for at most, so that a planted one can't exhaust the machine. */
const mostScryptBytes = 2 ** 30;
const mostScryptRounds = 16;
const mostScryptBlock = 64;

/** Bytes of memory that scrypt takes. */
export function scryptMemoryBytes({ N, r }: Pick<ScryptParams, "N" | "r">): number {
  return 128 * N * r;
}

/** Reads stored parameters; undefined for anything that this product does not write. */
export function parseKeyParams(value: unknown): KeyParams | undefined {
  if (!isJsonObject(value)) return undefined;
  const { id, salt, scrypt } = value;
  if (typeof id !== "string" || !/^[0-9a-f]{16}$/.test(id)) return undefined;
  if (typeof salt !== "string" || parseBase64(salt, saltBytes) === undefined) return undefined;
  if (scrypt === null) return { id, salt, scrypt };
  const params = isJsonObject(scrypt) ? parseScryptParams(scrypt) : undefined;
  return params === undefined ? undefined : { id, salt, scrypt: params };
}

/** The parameters as they are stored. */
export function keyParamsJson({ id, salt, scrypt }: KeyParams): JsonObject {
  if (scrypt === null) return { id, salt, scrypt };
  return { id, salt, scrypt: { salt: scrypt.salt, N: scrypt.N, r: scrypt.r, p: scrypt.p } };
}

function parseScryptParams({ salt, N, r, p }: JsonObject): ScryptParams | undefined {
  if (typeof salt !== "string" || parseBase64(salt, saltBytes) === undefined) return undefined;
  if (!isCount(N) || !isCount(r) || !isCount(p)) return undefined;
  const isSound =
    N >= 2 &&
    Number.isInteger(Math.log2(N)) &&
    p <= mostScryptRounds &&
    r <= mostScryptBlock &&
    scryptMemoryBytes({ N, r }) <= mostScryptBytes;
  return isSound ? { salt, N, r, p } : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
