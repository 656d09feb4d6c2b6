import { array, assert, constantFrom, integer, nat, oneof, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import { isJsonObject } from "../../src/json-value.ts";
import { lastRowsByKey } from "../../src/session-index/find-row.ts";
import { parseLeanRow, parseRow } from "../../src/session-index/parse-row.ts";
import { scanIndex } from "../../src/session-index/scan-index.ts";
import { documentOf } from "./index-document-of.ts";
import { indexText } from "./json-text-arbitrary.ts";

/** What JSON.parse makes of the bytes if they are valid UTF-8: the members of an object, or undefined. */
function parsedMembers(bytes: Buffer): Map<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
  return isJsonObject(value) ? new Map(Object.entries(value)) : undefined;
}

function fieldsOf(value: unknown): Map<string, unknown> {
  return new Map(isJsonObject(value) ? Object.entries(value) : []);
}

test("keys, values and hot fields are those of JSON.parse", { timeout: 30_000 }, () => {
  assert(
    property(indexText, (text) => {
      const bytes = Buffer.from(text);
      const members = parsedMembers(bytes);
      const document = documentOf(text);
      const rows = lastRowsByKey(document);
      expect(new Set(rows.keys())).toEqual(new Set(members?.keys()));
      for (const [key, row] of rows) {
        const value = members?.get(key);
        const fields = fieldsOf(value);
        const [id, time, file] = ["sessionId", "updatedAt", "sessionFile"].map((name) => fields.get(name));
        expect(row.sessionId).toBe(typeof id === "string" ? id : undefined);
        expect(row.updatedAt).toBe(typeof time === "string" || typeof time === "number" ? time : undefined);
        expect(row.sessionFile).toBe(typeof file === "string" ? file : undefined);
        expect(row.mayNameMore).toBe(
          fields.has("compactionCheckpoints") || fields.has("usageFamilySessionIds"),
        );
        expect(JSON.parse(bytes.toString("utf8", row.valueRange.start, row.valueRange.end))).toEqual(value);
        expect(parseRow(document, row)).toEqual(row.understood ? value : undefined);
      }
    }),
    { numRuns: 1000 },
  );
});

/** What a lean row has, as far as somebody looks at it. */
function judgedFields(value: unknown): Map<string, unknown> {
  const fields = fieldsOf(value);
  for (const name of ["skillsSnapshot", "systemPromptReport"]) fields.delete(name);
  return fields;
}

test("a lean row differs in nothing that is looked at", () => {
  assert(
    property(indexText, (text) => {
      const document = documentOf(text);
      for (const row of document.rows)
        expect(judgedFields(parseLeanRow(document, row))).toEqual(judgedFields(parseRow(document, row)));
    }),
  );
});

test(
  "a row is understood unless a finding says why not, and then its strings are well-formed",
  { timeout: 30_000 },
  () => {
    assert(
      property(indexText, (text) => {
        const document = documentOf(text);
        const doubted = new Set(
          document.findings.filter(({ id }) => id !== "index-duplicate-key").map(({ place }) => place.key),
        );
        for (const row of lastRowsByKey(document).values()) {
          // A finding on a shadowed row has the same key.
          const hadTwins = document.rows.some(({ key, shadowed }) => key === row.key && shadowed);
          expect(doubted.has(row.key) || row.understood).toBe(true);
          expect(hadTwins || doubted.has(row.key) !== row.understood).toBe(true);
          expect(JSON.stringify([parseRow(document, row)])).not.toMatch(/\\ud[89a-f]/);
        }
      }),
      { numRuns: 1000 },
    );
  },
);

const mutation = tuple(
  nat(),
  integer({ min: 0, max: 3 }),
  oneof(nat(255), constantFrom(...Array.from('{}[]",:\\0e.- \n', (character) => character.charCodeAt(0)))),
);

test("mutated documents are accepted exactly if JSON.parse accepts them", { timeout: 30_000 }, () => {
  assert(
    property(indexText, array(mutation, { minLength: 1, maxLength: 3 }), (text, mutations) => {
      let bytes = Buffer.from(text);
      for (const [place, remove, byte] of mutations) {
        const at = place % (bytes.length + 1);
        const insert = remove === 3 ? Buffer.of() : Buffer.of(byte);
        bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
      }
      expect(scanIndex(bytes).readable).toBe(parsedMembers(bytes) !== undefined);
    }),
    { numRuns: 2000 },
  );
});

const alphabet = Array.from('{}[]",:0123456789eE+-.\\utfnrl \n');
const words = ["true", "false", "null", '"a":', '"sessionId"', "\\u00e9", "1.5e3", "\t", "é"];
const token = constantFrom(...alphabet, ...words);

test.each([
  ["", ""],
  ["{", "}"],
  ['{"a":', "}"],
  ['{"a":{"updatedAt":', "}}"],
  ['{"a":"', '"}'],
])(
  "short strings after %s are accepted exactly if JSON.parse accepts them",
  { timeout: 30_000 },
  (before, after) => {
    assert(
      property(array(token, { maxLength: 8 }), (tokens) => {
        const bytes = Buffer.from(before + tokens.join("") + after);
        expect(scanIndex(bytes).readable).toBe(parsedMembers(bytes) !== undefined);
      }),
      { numRuns: 2000 },
    );
  },
);

test(
  "a document that was cut anywhere is cut, or empty, or cut inside a character",
  { timeout: 30_000 },
  () => {
    assert(
      property(indexText, nat(), (text, place) => {
        const bytes = Buffer.from(text.trim());
        const scan = scanIndex(bytes.subarray(0, place % bytes.length));
        expect(scan.readable ? "readable" : scan.failure.reason).toMatch(/^(truncated|empty|invalid-utf8)$/);
      }),
      { numRuns: 1000 },
    );
  },
);
