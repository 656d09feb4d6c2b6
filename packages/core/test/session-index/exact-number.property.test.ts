import {
  assert,
  bigInt,
  constantFrom,
  double,
  integer,
  oneof,
  property,
  stringMatching,
  tuple,
} from "fast-check";
import { expect, test } from "vitest";
import { isExactNumber } from "../../src/session-index/exact-number.ts";

function isExact(text: string): boolean {
  const bytes = Buffer.from(`[${text}]`);
  return isExactNumber(bytes, 1, bytes.length - 1);
}

test.each(["0", "-0", "0.0", "1.0", "1.50", "1E3", "1e+3", "-12e-1", "0.1", "100000000000000000000000"])(
  "%s is exact",
  (text) => {
    expect(isExact(text)).toBe(true);
  },
);

test.each([
  "9007199254740992",
  "-9007199254740991",
  "5e-324",
  "1.7976931348623157e308",
  "0e999999999999999999",
])("%s is exact", (text) => {
  expect(isExact(text)).toBe(true);
});

test.each([
  "9007199254740993",
  "-9007199254740993",
  "1e400",
  "1e-400",
  "1e999999999999999999999",
  "0.1234567890123456789",
  "10000000000000000000000000000000000001",
  "123456789012345678",
  "1.7976931348623158e308",
])("%s is not", (text) => {
  expect(isExact(text)).toBe(false);
});

test("zeros do not count, however many", () => {
  const zeros = "0".repeat(100_000);
  expect(isExact(`0.1${zeros}`)).toBe(true);
  expect(isExact(`0.${zeros}1e100001`)).toBe(true);
  expect(isExact(`1${zeros}e-100000`)).toBe(true);
  expect(isExact(`1${zeros}1e-100000`)).toBe(false);
});

/** The value of a decimal as `units * 10^exponent`, `units` not ending in a zero: equal values have equal texts. */
function exactValue(text: string): string {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const digits = BigInt(whole + fraction).toString();
  const units = digits.replace(/0+$/, "");
  if (units === "") return "0";
  return `${units}e${Number(exponent) - fraction.length + digits.length - units.length}`;
}

const decimal = oneof(
  double({ noNaN: true, noDefaultInfinity: true, min: 0 }).map(String),
  bigInt({ min: 0n, max: 10n ** 25n }).map(String),
  stringMatching(/^(?:0|[1-9]\d{0,17})\.\d{1,20}$/),
  tuple(integer({ min: 0, max: 10 ** 9 }), constantFrom("e", "E+", "e-"), integer({ min: 0, max: 330 })).map(
    (parts) => parts.join(""),
  ),
);

test("agrees with a comparison of the exact decimals", () => {
  assert(
    property(decimal, (text) => {
      const read = Number(text);
      const expected = Number.isFinite(read) && exactValue(text) === exactValue(String(read));
      expect(isExact(text)).toBe(expected);
      expect(isExact(`-${text}`)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});
