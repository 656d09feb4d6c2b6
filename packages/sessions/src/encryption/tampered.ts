import { StoreError } from "@sessionsmith/core";

/**
 * An encrypted transcript that is not as it was written.
 * @param place its path
 * @param n the number of the envelope: it stands on line n + 2; undefined if it is not one line that is wrong
 */
export function tampered(place: string, n: number | undefined, what: string): StoreError {
  const line = n === undefined ? undefined : n + 2;
  const where = line === undefined ? place : `Line ${line} of ${place}`;
  return new StoreError("E_TAMPERED", `${where} is not as it was written: ${what}. Nothing was changed.`, {
    hint: "Look for an older copy: a backup, or the trash (`sessionsmith trash list`).",
    details: { path: place, ...(line === undefined ? {} : { line }) },
  });
}
