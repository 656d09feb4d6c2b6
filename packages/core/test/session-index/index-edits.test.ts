import { describe, expect, test } from "vitest";
import { indexEdits, type IndexChange } from "../../src/session-index/index-edits.ts";
import { edited } from "./edited.ts";
import { documentOf } from "./index-document-of.ts";

const text = '{\n  "a": {"n":1},\n  "b": {"n":2}\n}\n';

function changed(change: IndexChange): string {
  const document = documentOf(text);
  return edited(document, indexEdits(document, change));
}

test("no change makes no edit", () => {
  expect(indexEdits(documentOf(text), {})).toEqual([]);
  expect(indexEdits(documentOf("{ }"), {})).toEqual([]);
});

test("a row is removed, one changed and one added at once", () => {
  expect(
    changed({
      remove: new Set(["b"]),
      replace: new Map([["a", new Map([["n", 5]])]]),
      insert: [{ key: "c", value: {} }],
    }),
  ).toBe('{\n  "a": {"n":5},\n  "c": {}\n}\n');
});

test("a row gets another key", () => {
  expect(changed({ remove: new Set(["a"]), insert: [{ key: "c", value: { n: 1 } }] })).toBe(
    '{\n  "b": {"n":2},\n  "c": {"n":1}\n}\n',
  );
});

test("a renamed row keeps its place and every byte of its value, and may change a field besides", () => {
  const odd = '{"a":{"n":1.50,"n":1.50},"b":{"s":"\\u0041"},"a":{"n":1.50,"n":1.50}}';
  const document = documentOf(odd);
  const rekey = new Map([
    ["a", 'x"y'],
    ["b", "a"],
  ]);
  const replace = new Map([["b", new Map([["t", 2]])]]);
  expect(edited(document, indexEdits(document, { rekey, replace }))).toBe(
    '{"x\\"y":{"n":1.50,"n":1.50},"a":{"s":"\\u0041","t":2},"x\\"y":{"n":1.50,"n":1.50}}',
  );
});

test("all rows make room for new ones, in the same style", () => {
  expect(changed({ remove: new Set(["a", "b"]), insert: [{ key: "b", value: { n: 3 } }] })).toBe(
    '{\n  "b": {"n":3}\n}\n',
  );
});

describe("a change that does not fit the document is a mistake", () => {
  test.each<[string, IndexChange]>([
    ["removing what is not there", { remove: new Set(["c"]) }],
    ["changing what is not there", { replace: new Map([["c", new Map()]]) }],
    ["changing what is removed", { remove: new Set(["a"]), replace: new Map([["a", new Map()]]) }],
    ["adding what is there", { insert: [{ key: "a", value: {} }] }],
    ["renaming what is not there", { rekey: new Map([["c", "d"]]) }],
    ["renaming what is removed", { remove: new Set(["a"]), rekey: new Map([["a", "c"]]) }],
    ["renaming to a key that stays", { rekey: new Map([["a", "b"]]) }],
    [
      "renaming two rows to one key",
      {
        rekey: new Map([
          ["a", "c"],
          ["b", "c"],
        ]),
      },
    ],
    [
      "adding a key twice",
      {
        insert: [
          { key: "c", value: {} },
          { key: "c", value: {} },
        ],
      },
    ],
  ])("%s", (_, change) => {
    expect(() => changed(change)).toThrow("a row");
  });
});
