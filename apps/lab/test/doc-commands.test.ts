import { expect, test } from "vitest";
import { docCommands, docFiles, matchesOutput } from "./doc-commands.ts";

test("finds the commands of console blocks with their output", () => {
  const page = "text\n```console\n$ a --b   # why\none\ntwo\n$ c\n```\n```sh\n$ d\n```\n";
  expect(docCommands(page)).toEqual([
    { line: "a --b", output: "one\ntwo" },
    { line: "c", output: "" },
  ]);
});

test("finds the files of a page, which name their path", () => {
  const page = "```json5\n// ~/.openclaw/a.json5\n{ a: 1 }\n```\n```json5\n{ b: 2 }\n```\n";
  expect(docFiles(page)).toEqual([{ path: ".openclaw/a.json5", text: "// ~/.openclaw/a.json5\n{ a: 1 }\n" }]);
});

test.each([
  ["one\ntwo\n", "one\ntwo", true],
  ["one\n2\n3\nfour\n", "one\n…\nfour", true],
  ["took 12 ms\n", "took … ms", true],
  ["one\ntwo\n", "one", false],
  ["a+b\n", "a.b", false],
  ["anything\n", "", true],
])("%j against %j", (printed, output, expected) => {
  expect(matchesOutput(printed, output)).toBe(expected);
});
