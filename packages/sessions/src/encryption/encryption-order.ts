import type { IndexRow, StoreError } from "@sessionsmith/core";
import type { Keyring } from "./keyring.ts";
import type { RandomBytes } from "./random-bytes.ts";

/** What is to be done to the transcripts of a store. */
export type EncryptionTask =
  | { readonly task: "encrypt"; readonly keyring: Keyring }
  | {
      readonly task: "decrypt";
      readonly keyring: Keyring;
      /**
       * Take what there is, also where the row does not vouch for it, and plain lines that another program has put behind the encrypted
       * ones. What was changed is refused all the same.
       */
      readonly withoutSeal: boolean;
    }
  | { readonly task: "rotate"; readonly keyring: Keyring; readonly newKeyring: Keyring };

/** An order to encrypt, to decrypt, or to change the key. */
export type EncryptionOrder = EncryptionTask & {
  /** Which rows it is about. */
  readonly selects: (row: IndexRow) => boolean;
  /** Epoch ms to judge by. */
  readonly now: number;
  readonly random?: RandomBytes;
};

/** Why a session is left as it is. */
export type EncryptionSkip =
  /** Its row has no transcript here. */
  | "no-transcript"
  | "transcript-outside"
  | "transcript-unknown"
  /** Another name leads to the same file. */
  | "hard-linked"
  | "row-not-understood"
  /** A process holds the lock of the transcript, or the row says that a run is going on. */
  | "in-use"
  | "already-encrypted"
  | "not-encrypted"
  /** It is encrypted with the new key. */
  | "already-rotated";

/** What becomes of one transcript. */
export interface EncryptionResult {
  /** The session keys of its rows. */
  readonly keys: readonly string[];
  readonly sessionId: string | undefined;
  /** Name in the sessions directory; undefined if there is none. */
  readonly transcript: string | undefined;
  readonly outcome: EncryptionOutcome;
}

/** How it ends: changed with so many lines after the header, left as it is, or not possible. */
export type EncryptionOutcome =
  | { readonly state: "changed"; readonly lines: number }
  | { readonly state: "skipped"; readonly reason: EncryptionSkip }
  | { readonly state: "failed"; readonly error: StoreError };
