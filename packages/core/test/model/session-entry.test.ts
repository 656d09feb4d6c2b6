import { describe, expect, test } from "vitest";
import { z } from "zod";
import { entryWords } from "../../src/model/entry-words.ts";
import { sessionEntrySchema } from "../../src/model/session-entry.ts";
import { fullEntry } from "./full-entry.ts";
import { schemaPaths } from "./schema-paths.ts";

const schema = z.toJSONSchema(sessionEntrySchema);

describe("sessionEntrySchema", () => {
  test("knows 116 fields, and 287 with the nested ones", () => {
    expect(Object.keys(sessionEntrySchema.shape)).toHaveLength(116);
    expect(schemaPaths(schema).filter(({ path }) => !path.endsWith("*"))).toHaveLength(287);
  });

  test("reads a row with every documented field as it is", () => {
    expect(Object.keys(fullEntry).toSorted()).toEqual(Object.keys(sessionEntrySchema.shape).toSorted());
    expect(sessionEntrySchema.parse(fullEntry)).toEqual(fullEntry);
  });

  test("the row of the tests has every nested field too, but the one that is never saved", () => {
    const missing = schemaPaths(schema).filter(({ path }) => !reaches(fullEntry, path.split(".")));
    expect(missing.map(({ path }) => path)).toEqual(["skillsSnapshot.resolvedSkills"]);
  });

  test("requires no field of the row", () => {
    expect(sessionEntrySchema.parse({})).toEqual({});
  });

  test("lets unknown fields and unknown words through", () => {
    const row = {
      chatType: "forum",
      xCustomField: { deep: [1, 2.5, null] },
      origin: { chatType: "x", other: 1 },
    };
    expect(sessionEntrySchema.parse(row)).toEqual(row);
  });

  test("names the same fields with documented words as the table of words", () => {
    const withWords = schemaPaths(schema).filter(({ words }) => words !== undefined);
    expect(Object.fromEntries(withWords.map(({ path, words }) => [path, words]))).toEqual(entryWords);
  });
});

function reaches(value: unknown, path: readonly string[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  if (typeof value !== "object" || value === null) return false;
  if (step === "*") return Object.values(value).some((item) => reaches(item, rest));
  return Object.hasOwn(value, step) && reaches(Reflect.get(value, step), rest);
}
