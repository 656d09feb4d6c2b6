import { expect, test } from "vitest";
import { patchFromWords } from "../../src/patch/patch-from-words.ts";

test("words are read by the kind of their field, and only the first = counts", () => {
  const words = [
    "label=a=b",
    "fastMode=true",
    "totalTokens=12",
    "inheritedToolDeny=exec,web",
    "thinkingLevel= high",
  ];
  expect(patchFromWords(words, ["execNode"])).toEqual({
    label: "a=b",
    fastMode: true,
    totalTokens: 12,
    inheritedToolDeny: ["exec", "web"],
    thinkingLevel: " high",
    execNode: null,
  });
});

test("what is not of the kind of its field stays a text for its rule to refuse", () => {
  expect(patchFromWords(["fastMode=1", "totalTokens=1e3"], [])).toEqual({
    fastMode: "1",
    totalTokens: "1e3",
  });
});

test.each([
  [["label"], []],
  [["=x"], []],
  [["label=a", "label=b"], []],
  [["label=a"], ["label"]],
])("%j, clearing %j, is refused", (words, cleared) => {
  expect(() => patchFromWords(words, cleared)).toThrow(expect.objectContaining({ code: "E_USAGE" }));
});
