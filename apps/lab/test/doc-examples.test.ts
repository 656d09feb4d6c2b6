import { expect, test } from "vitest";
import { docExamples } from "./doc-examples.ts";

test("the programs of a page, each with what it prints if that follows at once", () => {
  const page = [
    "# A page",
    "```ts\nfirst();\n```",
    "```text\n1\n2\n```",
    "```console\n$ npm test\n```",
    "```ts\nsecond();\n```",
    "Words.",
    "```text\nnot its output\n```",
  ].join("\n\n");
  expect(docExamples(page)).toEqual([
    { code: "first();\n", output: "1\n2" },
    { code: "second();\n", output: "" },
  ]);
});
