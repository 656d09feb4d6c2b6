import { StoreError } from "../store-error.ts";
import type { IndexFailure, IndexFailureReason } from "./index-document.ts";

const restore =
  "`sessionsmith repair --index` shows what can be saved from it, from backups and from the transcripts; those are untouched.";
const mend =
  "`sessionsmith repair --index` shows what can be saved, or mend the place by hand; the transcripts beside it are untouched.";

const hints: Readonly<Record<IndexFailureReason, string>> = {
  "not-a-regular-file": "Name the index file itself.",
  io: "See to it that the file can be read and that nothing keeps writing to it, then run the command again.",
  empty: restore,
  "byte-order-mark": restore,
  "nul-bytes": restore,
  "invalid-utf8": mend,
  truncated: restore,
  syntax: mend,
  "root-not-object": restore,
  database:
    "`sessionsmith check` looks a session manager's database through, and `sessionsmith convert` copies it into files.",
  "another-file":
    "Name the index itself. If this once was one, put it aside: `sessionsmith repair --index` then makes a new one from the transcripts.",
};

/** Makes the error for an index that can't be read: where, why, and what to do next. Nothing may be done with such a store. */
export function corruptIndexError(path: string, failure: IndexFailure): StoreError {
  const { reason, problem, offset, line, column, errno } = failure;
  const place = offset === undefined ? path : `${path}, line ${line}, column ${column}, byte ${offset}`;
  const cause = errno === undefined ? problem : `${problem} (${errno})`;
  return new StoreError(
    "E_CORRUPT_INDEX",
    `the index can't be used: ${cause}: ${place}. Nothing was changed.`,
    {
      hint: hints[reason],
      details: { path, reason, offset, line, column, errno },
    },
  );
}
