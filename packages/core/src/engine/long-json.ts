import { isJsonObject } from "../json-value.ts";
import { isSequence, type Sequence } from "../sequence.ts";

/** A longer list is written item by item. */
const itemsAtOnce = 64;

/** Tells whether a value holds a list, however deep, that is worth to be written in parts. */
export function hasLongList(value: unknown): boolean {
  if (isSequence(value)) return value.length > itemsAtOnce || value.some(hasLongList);
  return isJsonObject(value) && Object.values(value).some(hasLongList);
}

/**
 * The JSON text of a value, as `JSON.stringify` writes it, in parts, so that one of megabytes never is one text. A part ends
 * between two items or members, never inside a character.
 */
export function* jsonParts(value: unknown): Generator<string, void> {
  if (!hasLongList(value)) yield JSON.stringify(value);
  else if (isSequence(value)) yield* listParts(value);
  else if (isJsonObject(value)) yield* memberParts(value);
}

function* listParts(items: Sequence<unknown>): Generator<string, void> {
  let before = "[";
  for (const item of items) {
    yield before + JSON.stringify(item);
    before = ",";
  }
  yield before === "[" ? "[]" : "]";
}

function* memberParts(object: Readonly<Record<string, unknown>>): Generator<string, void> {
  let before = "{";
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    yield* jsonParts(value);
    before = ",";
  }
  yield "}";
}
