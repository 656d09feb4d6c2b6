import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findingCatalogue, settingsTable, storeErrorMeanings } from "@sessionsmith/core";
import { commandTable } from "../../src/command-table.ts";
import { renderDocs } from "../../src/docs/render-docs.ts";
import { exitStatusMeanings } from "../../src/exit-codes.ts";

const docs = renderDocs();

describe("the generated pages", () => {
  test.each([...docs])("docs/%s is what the code says (`pnpm docs` writes it)", (path, text) => {
    const file = new URL(`../../../../docs/${path}`, import.meta.url);
    expect(existsSync(file) ? readFileSync(file, "utf8") : "").toBe(text);
  });

  test.each<[string, readonly string[]]>([
    [
      "reference/cli.md",
      commandTable.flatMap(({ name, examples }) => [`## ${name}`, ...examples.map(({ line }) => line)]),
    ],
    ["reference/settings.md", Object.values(settingsTable).map(({ path }) => `| \`${path}\` `)],
    ["findings.md", Object.keys(findingCatalogue).map((id) => `## ${id}\n`)],
    [
      "exit-codes.md",
      [
        ...Object.keys(exitStatusMeanings),
        ...Object.keys(storeErrorMeanings).map((code) => `\`${code}\``),
      ].map((word) => `| ${word} `),
    ],
  ])("%s leaves nothing out", (path, words) => {
    const page = docs.get(path) ?? "";
    expect(words.filter((word) => !page.includes(word))).toEqual([]);
  });

  test("a page begins with its title and ends with one newline", () => {
    for (const text of docs.values()) {
      expect(text).toMatch(/^# \w.*\n\n<!-- [^]*[^\n]\n$/);
    }
  });
});
