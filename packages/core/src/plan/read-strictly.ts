import { isJsonObject } from "../json-value.ts";
import type { JsonObject, JsonValue } from "../json-value.ts";
import { StoreError } from "../store-error.ts";

/** A JSON value with its place in the document (`parts[0].rows[2].key`), so that a complaint can name it. */
export interface Placed {
  readonly value: JsonValue | undefined;
  readonly place: string;
}

/** Turns a placed value into a typed one, or throws the E_USAGE of {@link refuse}. */
export type Reader<T> = (at: Placed) => T;

/** Ends the reading of a saved plan: the value at the place is not what it must be. */
export function refuse(at: Placed, expected: string): never {
  throw new StoreError("E_USAGE", `This is not a plan that can be applied: ${at.place} is not ${expected}.`, {
    hint: "Make the plan again with --plan-out, and don't edit it.",
    details: { field: at.place },
  });
}

/** Reads an object that has no other fields than these; the result gives the placed value of each. */
export function readFields<F extends string>(at: Placed, fields: readonly F[]): (field: F) => Placed {
  const object = readObject(at);
  const known: ReadonlySet<string> = new Set(fields);
  for (const name of Object.keys(object)) {
    if (!known.has(name)) refuse({ value: object[name], place: join(at.place, name) }, "a known field");
  }
  return (field) => ({
    value: Object.hasOwn(object, field) ? object[field] : undefined,
    place: join(at.place, field),
  });
}

/** Reads any object. */
export function readObject(at: Placed): JsonObject {
  return isJsonObject(at.value) ? at.value : refuse(at, "an object");
}

/** Reads a list whose items all satisfy the reader. */
export function readList<T>(at: Placed, item: Reader<T>): readonly T[] {
  const { value, place } = at;
  if (!Array.isArray(value)) return refuse(at, "a list");
  return value.map((each: JsonValue, i) => item({ value: each, place: `${place}[${i}]` }));
}

/** Reads a text. */
export function readText(at: Placed): string {
  return typeof at.value === "string" ? at.value : refuse(at, "a text");
}

/** Reads a text of which the whole matches. */
export function readMatch(at: Placed, pattern: RegExp, expected: string): string {
  const text = readText(at);
  return pattern.test(text) ? text : refuse(at, expected);
}

/** Reads one of the given words. */
export function readWord<W extends string>(at: Placed, words: readonly W[]): W {
  return words.find((word) => word === at.value) ?? refuse(at, `one of ${words.join(", ")}`);
}

/** Reads a mark that is there or not, and never false. */
export function readTrue(at: Placed): true {
  return at.value === true ? at.value : refuse(at, "true");
}

/** Reads a finite number. */
export function readNumber(at: Placed): number {
  return typeof at.value === "number" && Number.isFinite(at.value) ? at.value : refuse(at, "a number");
}

/** Reads a count, a size or an offset: a whole number from 0 on. */
export function readCount(at: Placed): number {
  const { value } = at;
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? value
    : refuse(at, "a whole number from 0 on");
}

function join(place: string, field: string): string {
  return place === "" ? field : `${place}.${field}`;
}
