import { createSecretKey, type KeyObject, scryptSync } from "node:crypto";
import { StoreError } from "@sessionsmith/core";
import { deriveBytes, keyBytes } from "./hkdf.ts";
import { type KeyParams, saltBytes, scryptCost, scryptMemoryBytes, type ScryptParams } from "./key-params.ts";
import { type KeyText, parseKeyText } from "./parse-key-text.ts";
import { type RandomBytes, systemRandomBytes } from "./random-bytes.ts";

/** A key, ready for use: from it come the keys of all sessions. */
export interface Keyring {
  /**
   * Parameters for a session that is to be encrypted; its salt is new.
   * @param known those of sessions that are encrypted already: a passphrase that fits one of them is stretched as there
   */
  readonly newParams: (known?: Iterable<KeyParams>) => KeyParams;
  /** Tells whether the key is the one that these parameters belong to. */
  readonly fits: (params: KeyParams) => boolean;
  /**
   * The master key for these parameters.
   * @throws StoreError E_KEY if it is another key; `place` says what was to be decrypted
   */
  readonly masterKey: (params: KeyParams, place: string) => KeyObject;
}

/** How a keyring is made otherwise than usual; for tests. */
export interface KeyringOptions {
  readonly random?: RandomBytes;
  /** The cost of stretching a passphrase for new sessions. */
  readonly cost?: Pick<ScryptParams, "N" | "p" | "r">;
}

const keyIdInfo = Buffer.from("sessionsmith/1/key-id");

/**
 * Makes a key ready for use. A passphrase is stretched when it is needed first, once for each stored salt.
 * @param text as `parseKeyText` takes it
 * @throws StoreError E_KEY
 */
export function createKeyring(text: string, options: KeyringOptions = {}): Keyring {
  const { random = systemRandomBytes, cost = scryptCost } = options;
  const key = parseKeyText(text);
  const masters = new Map<string, Master>();
  let preferred: ScryptParams | undefined;

  const masterOf = (scrypt: ScryptParams | null): Master => {
    const name = JSON.stringify(scrypt);
    const known = masters.get(name);
    if (known !== undefined) return known;
    const master = makeMaster(key, scrypt);
    masters.set(name, master);
    return master;
  };
  const newSalt = () => Buffer.from(random(saltBytes)).toString("base64");
  // A random key is never stretched and a passphrase always is, so the other kind can't fit.
  const fits = ({ id, scrypt }: KeyParams) =>
    (scrypt === null) === (key.kind === "random") && masterOf(scrypt).id === id;

  return {
    newParams: (known = []) => {
      if (key.kind === "random") return { id: masterOf(null).id, salt: newSalt(), scrypt: null };
      preferred ??= firstFitting(known, fits) ?? { salt: newSalt(), N: cost.N, r: cost.r, p: cost.p };
      return { id: masterOf(preferred).id, salt: newSalt(), scrypt: preferred };
    },
    fits,
    masterKey: (params, place) => {
      if (!fits(params)) throw otherKey(params, place);
      return masterOf(params.scrypt).secret;
    },
  };
}

interface Master {
  readonly secret: KeyObject;
  readonly id: string;
}

function makeMaster({ secret }: KeyText, scrypt: ScryptParams | null): Master {
  const master = scrypt === null ? secret : stretch(secret, scrypt);
  const id = deriveBytes(master, { salt: Buffer.alloc(0), info: keyIdInfo }, 8).toString("hex");
  return { secret: master, id };
}

function stretch(secret: KeyObject, { salt, N, r, p }: ScryptParams): KeyObject {
  const maxmem = scryptMemoryBytes({ N, r }) + 2 ** 20 * (p + 1);
  return createSecretKey(
    scryptSync(secret.export(), Buffer.from(salt, "base64"), keyBytes, { N, r, p, maxmem }),
  );
}

function firstFitting(
  known: Iterable<KeyParams>,
  fits: (params: KeyParams) => boolean,
): ScryptParams | undefined {
  for (const params of known) if (params.scrypt !== null && fits(params)) return params.scrypt;
  return undefined;
}

function otherKey({ id }: KeyParams, place: string): StoreError {
  return new StoreError(
    "E_KEY",
    `${place} is encrypted with another key (its id is ${id}). Nothing was changed.`,
    {
      hint: "Give the key that it was encrypted with, in SESSIONSMITH_KEY or by --key-file.",
      details: { keyId: id },
    },
  );
}
