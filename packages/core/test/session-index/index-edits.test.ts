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
