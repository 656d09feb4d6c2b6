import { isJsonObject } from "../json-value.ts";
import { StoreError } from "../store-error.ts";
import { type JournalRecord, journalSchemaVersion } from "./journal-record.ts";

const recordTypes: ReadonlySet<unknown> = new Set<JournalRecord["type"]>([
  "begin",
  "step",
  "ready",
  "staged",
  "roll-back",
  "end",
]);

/**
 * Reads the text of a whole journal line. Its checksum proves that this product wrote it, so only what another version
 * may have written is checked: the schema version and the type of the record.
 * @throws StoreError E_JOURNAL_PENDING for a record that this version doesn't know
 */
export function parseJournalRecord(text: string, path: string): JournalRecord {
  const value: unknown = JSON.parse(text);
  if (isKnownRecord(value)) return value;
  throw new StoreError(
    "E_JOURNAL_PENDING",
    `The journal ${path} was written by another version of Sessionsmith. Nothing was changed.`,
    {
      hint: "Use the version that wrote it to finish the operation.",
      details: { path },
    },
  );
}

function isKnownRecord(value: unknown): value is JournalRecord {
  if (!isJsonObject(value) || !recordTypes.has(value["type"])) return false;
  return value["type"] !== "begin" || value["schemaVersion"] === journalSchemaVersion;
}
