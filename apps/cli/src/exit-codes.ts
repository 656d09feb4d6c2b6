import type { StoreErrorCode } from "@sessionsmith/core";

/** Every exit status of the command with its meaning; help and `docs/exit-codes.md` are made from it. */
export const exitStatusMeanings = {
  0: "everything asked for was done",
  1: "an error: the system refused something, or the command has a fault",
  2: "a flag, an argument or a setting is wrong; nothing was done",
  3: "partly done: something failed or was left as it is; the rest was done",
  4: "a check found errors in a store",
  10: "there is no such store, session or operation",
  11: "the store is locked, or a gateway is running on it; nothing was done",
  12: "an index can't be read; nothing was touched",
  13: "the store has changed since the plan was made",
  14: "an interrupted operation needs a decision",
  15: "a safety rule forbids it; nothing was done",
  16: "no SQLite library can be loaded",
  130: "interrupted by a signal",
} as const;

/** An exit status that the command may end with. */
export type ExitStatus = keyof typeof exitStatusMeanings;

/** The exit status that each error code ends the command with. */
export const exitStatusByCode = {
  E_USAGE: 2,
  E_CONFIG: 2,
  E_IO: 1,
  E_PARTIAL: 3,
  E_NOT_FOUND: 10,
  E_LOCKED: 11,
  E_LOCK_LOST: 11,
  E_CORRUPT_INDEX: 12,
  E_STALE_PLAN: 13,
  E_JOURNAL_PENDING: 14,
  E_REFUSED: 15,
  E_SQLITE_ERA: 15,
  E_SQLITE_UNAVAILABLE: 16,
  E_KEY: 2,
  E_TAMPERED: 1,
  E_BUDGET: 2,
  E_NO_SUMMARIZER: 2,
  E_INTERRUPTED: 130,
} as const satisfies Record<StoreErrorCode, ExitStatus>;
