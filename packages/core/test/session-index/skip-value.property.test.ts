import {
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  dictionary,
  double,
  letrec,
  oneof,
  property,
  string,
} from "fast-check";
import { expect, test } from "vitest";
import { skipString, skipValue } from "../../src/session-index/skip-value.ts";

const text = oneof(
  string(),
  string({ unit: constantFrom('"', "\\", "é", "{", "]", "\n"), maxLength: 200 }),
  string({ minLength: 40, maxLength: 120 }),
);

test("a value ends where JSON says, whatever stands behind it", () => {
  const value = letrec((tie) => ({
    value: oneof(
      { maxDepth: 4 },
      text,
      double({ noNaN: true, noDefaultInfinity: true }),
      boolean(),
      constant(null),
      array(tie("value"), { maxLength: 4 }),
      dictionary(text, tie("value"), { maxKeys: 4 }),
    ),
  })).value;
  assert(
    property(
      value,
      constantFrom(undefined, 2, "\t"),
      constantFrom(",", "}", "\n]", ' ,"next":1'),
      (one, indent, rest) => {
        const json = Buffer.from(JSON.stringify(one, null, indent));
        expect(skipValue(Buffer.from(`${json.toString()}${rest}`), 0)).toBe(json.length);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([0, 1, 2, 3, 45, 46, 47, 48, 49, 100])(
  "a string with %i characters before escaped quotes",
  (count) => {
    for (const tail of ["", '"', "\\", '\\"', '\\\\"', '"'.repeat(60)]) {
      const json = JSON.stringify(`${"x".repeat(count)}${tail}`);
      expect(skipString(Buffer.from(`${json}"`), 0)).toBe(json.length);
    }
  },
);
