import { expect, test } from "vitest";
import { markdownPage, markdownTable } from "../../src/docs/markdown.ts";

test("a table is aligned by the columns of the terminal; pipes and line breaks stay inside their cell", () => {
  expect(
    markdownTable(
      ["a", "meaning"],
      [
        ["x|y", "one\ntwo"],
        ["家族", ""],
      ],
    ).split("\n"),
  ).toEqual([
    "| a    | meaning    |",
    "| ---- | ---------- |",
    "| x\\|y | one<br>two |",
    "| 家族 |            |",
  ]);
});

test("a page begins with its title and says that it is generated", () => {
  expect(markdownPage("Title", ["one", "two"])).toMatch(/^# Title\n\n<!-- .* -->\n\none\n\ntwo\n$/);
});
