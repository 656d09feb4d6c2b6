import type { JsonObject } from "./json-value.ts";

/**
 * Every trouble that an operator can act on, by its stable code.
 * The text says what the code means; `docs/exit-codes.md` is generated from it.
 */
export const storeErrorMeanings = {
  E_USAGE: "a flag, an argument or a combination of them is not valid",
  E_CONFIG: "a settings file can't be read, or holds a value that is not allowed",
  E_IO: "the file system refused a read or a write",
  E_PARTIAL: "some of the stores or items were done, others were not",
  E_NOT_FOUND: "there is no such store, session or operation",
  E_LOCKED: "somebody else holds the store, or a gateway is running on it",
  E_LOCK_LOST: "the lock was taken away while work was going on",
  E_CORRUPT_INDEX: "the index can't be read, decoded or parsed",
  E_STALE_PLAN: "the store is not the one that the plan was made for",
  E_JOURNAL_PENDING: "an interrupted operation needs a decision",
  E_REFUSED: "a safety rule forbids it",
  E_SQLITE_ERA: "the sessions live in OpenClaw's SQLite database",
  E_SQLITE_UNAVAILABLE: "no SQLite library can be loaded",
  E_KEY: "an encryption key is missing, not valid, or not the one that fits",
  E_TAMPERED: "an encrypted transcript is not as it was written",
  E_BUDGET: "what has to be part of a conversation's context is larger than the context may be",
  E_NO_SUMMARIZER: "a summary was asked for, and there is nothing that makes one",
  E_INTERRUPTED: "a signal ended the work",
} as const;

/** The stable code of a {@link StoreError}; never renamed once released. */
export type StoreErrorCode = keyof typeof storeErrorMeanings;

/** What a {@link StoreError} is made of, beside its code and message. */
export interface StoreErrorOptions {
  /** What to do next, one sentence. */
  readonly hint?: string;
  /** JSON-safe facts: path, errno, line, offset, key. Never conversation text. */
  readonly details?: JsonObject;
  readonly cause?: unknown;
}

const brand = Symbol.for("sessionsmith.StoreError");

/** An error that the operator can act on. Its message names the path and the errno, and never quotes a conversation. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly hint: string | undefined;
  readonly details: JsonObject;

  constructor(code: StoreErrorCode, message: string, options: StoreErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? {};
  }

  static {
    Object.defineProperty(this.prototype, "name", {
      value: "StoreError",
      configurable: true,
      writable: true,
    });
    Object.defineProperty(this.prototype, brand, { value: true });
  }
}

/** Tells a {@link StoreError} from any other thrown value, also across two copies of this package. */
export function isStoreError(value: unknown): value is StoreError {
  return typeof value === "object" && value !== null && brand in value;
}
