import { entryLabel, parseLeanRow, readEntryObject, readEntryText } from "@sessionsmith/core";
import type { IndexRow, JsonObject, StoreSnapshot } from "@sessionsmith/core";

/** What a person knows a session by, beside its key. */
export interface RowDescription {
  /** The model of the last run, or else the one that the row asks for. */
  readonly model: string | null;
  /** The label of the row, or else of its origin. */
  readonly label: string | null;
}

/** Reads the descriptive fields of a row; a row that is gone or not understood has none. */
export function describeRow(row: IndexRow | undefined, { document }: StoreSnapshot): RowDescription {
  const entry = row === undefined ? undefined : parseLeanRow(document, row);
  return entry === undefined ? { model: null, label: null } : describeEntry(entry);
}

/** The same of a row that is parsed. */
export function describeEntry(entry: JsonObject): RowDescription {
  const origin = readEntryObject(entry, "origin");
  return {
    model: readEntryText(entry, "model") ?? readEntryText(entry, "modelOverride") ?? null,
    label: entryLabel(entry) ?? (origin && entryLabel(origin)) ?? null,
  };
}
