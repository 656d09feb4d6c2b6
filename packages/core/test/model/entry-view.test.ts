import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/json-value.ts";
import {
  chatTypeOf,
  entryLabel,
  readEntryFlag,
  readEntryNumber,
  readEntryObject,
  readEntryText,
} from "../../src/model/entry-view.ts";

const entry: JsonObject = { text: "", number: 0, flag: false, object: {}, list: [], nothing: null };

describe("the readers of one field", () => {
  test.each([
    [readEntryText, "text", ""],
    [readEntryNumber, "number", 0],
    [readEntryFlag, "flag", false],
    [readEntryObject, "object", {}],
  ] as const)("%o yields a value of its type and nothing else", (read, field, value) => {
    for (const name of [...Object.keys(entry), "absent"]) {
      expect(read(entry, name)).toEqual(name === field ? value : undefined);
    }
  });

  test("see own fields only", () => {
    expect(readEntryObject({}, "__proto__")).toBeUndefined();
    expect(readEntryText(JSON.parse('{"__proto__": "x"}'), "__proto__")).toBe("x");
  });

  test("a number that JSON can't spell is none", () => {
    expect(readEntryNumber({ n: Number.POSITIVE_INFINITY }, "n")).toBeUndefined();
  });
});

describe("chatTypeOf", () => {
  test.each<[JsonObject, string | undefined]>([
    [{ chatType: "group", origin: { chatType: "direct" } }, "group"],
    [{ origin: { chatType: "direct" } }, "direct"],
    [{ chatType: 5, origin: { chatType: "channel" } }, "channel"],
    [{ chatType: "forum" }, "forum"],
    [{ origin: "telegram" }, undefined],
    [{}, undefined],
  ])("of %j is %s", (row, expected) => {
    expect(chatTypeOf(row)).toBe(expected);
  });
});

describe("entryLabel", () => {
  test.each<[JsonObject, string | undefined]>([
    [{ label: " alice " }, " alice "],
    [{ label: " " }, undefined],
    [{ label: 5 }, undefined],
    [{}, undefined],
  ])("of %j is %s", (row, expected) => {
    expect(entryLabel(row)).toBe(expected);
  });
});
