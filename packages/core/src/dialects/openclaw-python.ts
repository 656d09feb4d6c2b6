import type { Finding, FindingPlace } from "../findings/finding.ts";
import { finding } from "../findings/finding.ts";
import type { JsonObject, JsonValue } from "../json-value.ts";
import { isJsonObject } from "../json-value.ts";
import { openClawPythonFields, snakeCaseOf } from "../model/openclaw-python-fields.ts";
import type { FieldTable } from "./field-table.ts";
import { makeFieldTable, respell } from "./field-table.ts";

const originTable = snakeCaseTable([
  "label",
  "provider",
  "surface",
  "chatType",
  "from",
  "to",
  "accountId",
  "threadId",
]);
const deliveryContextTable = snakeCaseTable(["channel", "to", "accountId", "threadId"]);
const rowTable = snakeCaseTable(openClawPythonFields, [
  ["origin", originTable],
  ["deliveryContext", deliveryContextTable],
]);

/** A row that was read from the dialect. */
export interface ConvertedEntry {
  readonly entry: JsonObject;
  /** `entry-spelling-conflict` for each field that stands in both spellings with different values. */
  readonly findings: readonly Finding[];
}

/**
 * Reads a row of openclaw-python (snake_case index, February 2026) as an OpenClaw row.
 *
 * Nulls of its 57 fields mean "not set" and are left out. Everything else stays: unknown fields, keys of maps, the content
 * of `skills_snapshot` and `system_prompt_report`, and both spellings of a field where they contradict each other.
 */
export function fromOpenClawPython(raw: JsonObject, place: FindingPlace = {}): ConvertedEntry {
  const { members, conflicts } = respell(raw, rowTable, "ours");
  return {
    entry: Object.fromEntries(members),
    findings: conflicts.map((field) => finding("entry-spelling-conflict", { ...place, field })),
  };
}

/**
 * Writes an OpenClaw row as openclaw-python would: its 57 fields first, in its order, null where nothing is set (but
 * never for `session_id` and `updated_at`, which it demands); then everything that it does not know, as it is.
 * {@link fromOpenClawPython} gives every field and value back that is not null.
 */
export function toOpenClawPython(entry: JsonObject): JsonObject {
  const row = inTheirOrder(respell(entry, rowTable, "theirs").members, rowTable);
  for (const required of ["session_id", "updated_at"]) if (row.get(required) === null) row.delete(required);
  for (const [field, table] of rowTable.nested) {
    const name = snakeCaseOf(field);
    const value = row.get(name);
    if (isJsonObject(value))
      row.set(name, Object.fromEntries(inTheirOrder(new Map(Object.entries(value)), table)));
  }
  return Object.fromEntries(row);
}

function inTheirOrder(
  members: ReadonlyMap<string, JsonValue | undefined>,
  table: FieldTable,
): Map<string, JsonValue | undefined> {
  const fields = [...table.theirs.values()].map((name) => [name, members.get(name) ?? null] as const);
  return new Map([...fields, ...members]);
}

function snakeCaseTable(
  names: readonly string[],
  nested: readonly (readonly [string, FieldTable])[] = [],
): FieldTable {
  // `from` is a word of Python itself.
  const spellings = names.map((name) => [name, name === "from" ? "from_" : snakeCaseOf(name)] as const);
  return makeFieldTable(spellings, new Map(nested));
}
