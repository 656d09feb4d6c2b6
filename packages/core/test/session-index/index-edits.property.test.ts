import { array, assert, constantFrom, nat, option, property, record, tuple } from "fast-check";
import { expect, test } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/json-value.ts";
import { lastRowsByKey } from "../../src/session-index/find-row.ts";
import type { IndexDocument } from "../../src/session-index/index-document.ts";
import { indexEdits, type FieldChanges } from "../../src/session-index/index-edits.ts";
import type { Member } from "../../src/session-index/member-style.ts";
import { scanRowFields } from "../../src/session-index/row-fields.ts";
import { edited } from "./edited.ts";
import { documentOf } from "./index-document-of.ts";
import { fieldValue, indexText } from "./json-text-arbitrary.ts";

const fieldName = constantFrom("sessionId", "updatedAt", "label", "__proto__", "a", "new");
const fieldChanges = array(tuple(fieldName, option(fieldValue, { nil: undefined })), { maxLength: 4 });

/** A change of a document that is not known yet: rows are named by their place. */
const drawnChange = record({
  removed: array(nat(9), { maxLength: 5 }),
  replaced: array(tuple(nat(9), fieldChanges), { maxLength: 3 }),
  added: array(fieldValue, { maxLength: 3 }),
});

function membersOf(value: JsonValue | undefined): Map<string, JsonValue | undefined> {
  return new Map(isJsonObject(value) ? Object.entries(value) : []);
}

function parse({ bytes }: IndexDocument): JsonObject {
  return JSON.parse(bytes.toString());
}

/** The same value without objects, so that no key is special and no order counts. */
function flat(value: JsonValue | undefined): unknown {
  if (Array.isArray(value)) return value.map(flat);
  if (!isJsonObject(value)) return value;
  return new Map(
    Object.entries(value)
      .map(([key, member]) => [key, flat(member)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function spelling({ bytes }: IndexDocument, members: readonly Member[]): string[] {
  return members.map(({ keyRange, valueRange }) => bytes.toString("utf8", keyRange.start, valueRange.end));
}

test("without a change the bytes are the same", () => {
  assert(
    property(indexText, (text) => {
      const document = documentOf(text);
      expect(edited(document, indexEdits(document, {}))).toBe(text);
    }),
  );
});

test(
  "an edited index is the edited object, and what is not named keeps its bytes",
  { timeout: 30_000 },
  () => {
    assert(
      property(indexText, drawnChange, (text, { removed, replaced, added }) => {
        const before = documentOf(text);
        const rows = [...lastRowsByKey(before).values()];
        const expected = membersOf(parse(before));
        const remove = new Set(removed.flatMap((place) => rows[place]?.key ?? []));
        for (const key of remove) expected.delete(key);
        const replace = new Map<string, FieldChanges>();
        for (const [place, changes] of replaced) {
          const row = rows[place];
          if (row === undefined || !row.understood || remove.has(row.key) || replace.has(row.key)) continue;
          replace.set(row.key, new Map(changes));
          const fields = membersOf(expected.get(row.key));
          for (const [name, value] of new Map(changes)) {
            if (value === undefined) fields.delete(name);
            else fields.set(name, value);
          }
          expected.set(row.key, Object.fromEntries(fields));
        }
        const insert = added.map((value, index) => ({ key: `added ${index}`, value: { value } }));
        for (const { key, value } of insert) expected.set(key, value);

        const after = documentOf(edited(before, indexEdits(before, { remove, replace, insert })));

        expect(flat(parse(after))).toEqual(flat(Object.fromEntries(expected)));
        const untouched = ({ rows: all }: IndexDocument) =>
          all.filter(({ key }) => !remove.has(key) && !replace.has(key) && !key.startsWith("added "));
        expect(spelling(after, untouched(after))).toEqual(spelling(before, untouched(before)));
        for (const [key, changes] of replace) {
          const fieldsIn = (document: IndexDocument) => {
            const row = lastRowsByKey(document).get(key);
            return row === undefined
              ? []
              : scanRowFields(document, row).filter((field) => !changes.has(field.key));
          };
          expect(spelling(after, fieldsIn(after))).toEqual(spelling(before, fieldsIn(before)));
        }
        expect(after.bytes.subarray(0, after.root.start)).toEqual(
          before.bytes.subarray(0, before.root.start),
        );
        expect(after.bytes.subarray(after.root.end)).toEqual(before.bytes.subarray(before.root.end));
      }),
      { numRuns: 1000 },
    );
  },
);
