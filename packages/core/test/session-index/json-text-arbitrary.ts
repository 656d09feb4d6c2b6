import {
  array,
  constantFrom,
  double,
  integer,
  letrec,
  oneof,
  option,
  tuple,
  type Arbitrary,
} from "fast-check";
import type { JsonValue } from "../../src/json-value.ts";

/** Characters in the spellings that a string may have; the last two are halves of a surrogate pair. */
const characters = [
  ["a", "Z", "0", " ", "/", "é", "€", "😀", "\u007f", "\u2028", "{", "]", ",", ":"],
  ['\\"', "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0041", "\\u00E9", "\\uD83D\\ude00"],
  ["\\ud800", "\\udfff"],
].flat();

const stringText = array(constantFrom(...characters), { maxLength: 12 }).map(
  (parts) => `"${parts.join("")}"`,
);

const numberText = oneof(
  integer().map(String),
  double({ noNaN: true, noDefaultInfinity: true }).map(String),
  constantFrom(
    "-0",
    "1.0",
    "1.50",
    "1E3",
    "1e+2",
    "12e-3",
    "1795150711614",
    "0.000001",
    "123456789012345680000",
  ),
  constantFrom("9007199254740993", "1e400", "-1e400", "1e-400", "0.1234567890123456789"),
);

const space = oneof(
  { weight: 3, arbitrary: constantFrom("", "", " ", "\n  ") },
  array(constantFrom(" ", "\t", "\n", "\r"), { maxLength: 4 }).map((parts) => parts.join("")),
);

const fieldName = oneof(
  constantFrom(
    '"sessionId"',
    '"updatedAt"',
    '"sessionFile"',
    '"compactionCheckpoints"',
    '"usageFamilySessionIds"',
    '"skillsSnapshot"',
    '"systemPromptReport"',
  ),
  constantFrom(
    '"session\\u0049d"',
    '"\\u0075pdatedAt"',
    '"session\\u0046ile"',
    '"skills\\u0053napshot"',
    '"__proto__"',
    '"constructor"',
  ),
  stringText,
);

const sessionKey = oneof(
  constantFrom(
    '"agent:main:main"',
    '"\\u0061gent:main:main"',
    '"a"',
    '"b"',
    '"12"',
    '"7"',
    '""',
    '"__proto__"',
  ),
  stringText,
);

/** Puts names and values together as an object, with white space in all places where it may be. */
function objectText(
  names: Arbitrary<string>,
  values: Arbitrary<string>,
  maxLength: number,
): Arbitrary<string> {
  const member = tuple(space, names, space, space, values, space).map(
    ([a, name, b, c, value, d]) => `${a}${name}${b}:${c}${value}${d}`,
  );
  return tuple(array(member, { maxLength }), space).map(
    ([members, empty]) => `{${members.length === 0 ? empty : members.join(",")}}`,
  );
}

const { value } = letrec<{ value: string }>((tie) => ({
  value: oneof(
    { maxDepth: 3, withCrossShrink: true },
    oneof(stringText, numberText, constantFrom("true", "false", "null")),
    array(tuple(space, tie("value"), space), { maxLength: 4 }).map(
      (items) => `[${items.map((parts) => parts.join("")).join(",")}]`,
    ),
    objectText(stringText, tie("value"), 4),
  ),
}));

/** Text of a row with hot fields, in all spellings. */
const rowText = objectText(fieldName, value, 8);

/** Text of an index in every spelling that JSON allows, with duplicate and odd keys, and with values that are no rows. */
export const indexText: Arbitrary<string> = tuple(
  space,
  objectText(sessionKey, oneof({ weight: 6, arbitrary: rowText }, value), 8),
  option(space, { nil: "\n" }),
).map((parts) => parts.join(""));

/** Values that a program may put into a field: JSON can carry all of them, and their strings are well-formed. */
export const fieldValue: Arbitrary<JsonValue> = value.map((text) =>
  JSON.parse(JSON.stringify(JSON.parse(text.replaceAll(/\\ud800|\\udfff/g, "?")))),
);
