import { assert, jsonValue, property } from "fast-check";
import { expect, test } from "vitest";
import { canonicalJsonOf } from "./canonical-json-of.ts";
import { isJsonObject } from "../../src/json-value.ts";

/** The same value with the members of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, each]) => [key, reversed(each)]),
  );
}

test("JSON.parse gives the value back, and a second pass changes nothing", () => {
  assert(
    property(jsonValue(), (value) => {
      const text = canonicalJsonOf(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJsonOf(JSON.parse(text))).toBe(text);
    }),
  );
});

test("the order of keys does not matter", () => {
  assert(
    property(jsonValue(), (value) => {
      expect(canonicalJsonOf(reversed(value))).toBe(canonicalJsonOf(value));
    }),
  );
});
