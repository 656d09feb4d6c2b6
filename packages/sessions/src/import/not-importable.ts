import { StoreError } from "@sessionsmith/core";

/** The error for a file that is nothing that can be brought in. */
export function notImportable(path: string): StoreError {
  return new StoreError("E_USAGE", `${path} is no export that can be read. Nothing was changed.`, {
    hint: "Give an export of `sessionsmith export` as json or jsonl, or the data.jsonl of bytesagain's session skill.",
    details: { path },
  });
}
