import type { KeyObject } from "node:crypto";
import { deriveKey } from "./hkdf.ts";
import type { KeyParams } from "./key-params.ts";

/** The keys of one transcript, one for each use. */
export interface SessionKeys {
  /** Encrypts lines. */
  readonly line: KeyObject;
  /** Makes nonces. */
  readonly nonce: KeyObject;
  /** Authenticates what the row says of the transcript. */
  readonly seal: KeyObject;
}

/** Derives the keys of one transcript from the master key, its salt and the id of its session. */
export function sessionKeys(
  master: KeyObject,
  { salt }: Pick<KeyParams, "salt">,
  sessionId: string,
): SessionKeys {
  const key = (use: string) =>
    deriveKey(master, {
      salt: Buffer.from(salt, "base64"),
      info: Buffer.from(JSON.stringify(["sessionsmith/1", use, sessionId]), "utf8"),
    });
  return { line: key("line"), nonce: key("nonce"), seal: key("seal") };
}
