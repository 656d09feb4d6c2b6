import { isJsonEqual } from "../json-equal.ts";
import type { JsonObject, JsonValue } from "../json-value.ts";
import { isJsonObject } from "../json-value.ts";

/** How a foreign program spells the fields of an object. Fields that are not in it have one spelling. */
export interface FieldTable {
  /** Our name -> theirs, in the order in which they write. Names that are spelled alike are in it too. */
  readonly theirs: ReadonlyMap<string, string>;
  /** Their name -> ours. */
  readonly ours: ReadonlyMap<string, string>;
  /** Our names of the fields that are objects with a table of their own. Objects that are not in it keep their keys. */
  readonly nested: ReadonlyMap<string, FieldTable>;
}

/** An object in another spelling. */
export interface Respelled {
  readonly members: ReadonlyMap<string, JsonValue>;
  /** Dotted paths of the fields that were there in both spellings with different values. Both stay as they were. */
  readonly conflicts: readonly string[];
}

/** Makes a table from pairs [our name, their name]. */
export function makeFieldTable(
  spellings: readonly (readonly [ours: string, theirs: string])[],
  nested: ReadonlyMap<string, FieldTable> = new Map(),
): FieldTable {
  return {
    theirs: new Map(spellings),
    ours: new Map(spellings.map(([ours, theirs]) => [theirs, ours])),
    nested,
  };
}

/**
 * Spells an object in our way or in theirs. Null in a field of the table means "not set" and is left out;
 * other fields, null or not, pass as they are. Pure; the object is not changed.
 */
export function respell(object: JsonObject, table: FieldTable, into: "ours" | "theirs"): Respelled {
  const given = setMembers(object, table);
  const members = new Map<string, JsonValue>();
  const conflicts: string[] = [];
  for (const [name, value] of given) {
    const target = table[into].get(name) ?? name;
    const inner = table.nested.get(table.ours.get(name) ?? name);
    const respelled = inner && isJsonObject(value) ? respell(value, inner, into) : undefined;
    const result = respelled ? Object.fromEntries(respelled.members) : value;
    const clash = target !== name && given.has(target) && !isJsonEqual(given.get(target), result);
    if (clash) conflicts.push(target);
    conflicts.push(...(respelled?.conflicts ?? []).map((field) => `${target}.${field}`));
    members.set(clash ? name : target, result);
  }
  return { members, conflicts };
}

function setMembers(object: JsonObject, table: FieldTable): ReadonlyMap<string, JsonValue> {
  const members = new Map<string, JsonValue>();
  for (const [name, value] of Object.entries(object)) {
    const unset = value === null && (table.ours.has(name) || table.theirs.has(name));
    if (value !== undefined && !unset) members.set(name, value);
  }
  return members;
}
