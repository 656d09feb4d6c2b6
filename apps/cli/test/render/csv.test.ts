import { expect, test } from "vitest";
import { writeCsv } from "../../src/render/csv.ts";

async function written(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<readonly string[]> {
  const chunks: string[] = [];
  await writeCsv(header, rows, (text) => chunks.push(text));
  return chunks;
}

test("a header, then one line for a row", async () => {
  const chunks = await written(
    ["key", "tokens"],
    [
      ["agent:main:main", "1200"],
      ["global", ""],
    ],
  );
  expect(chunks.join("")).toBe("key,tokens\nagent:main:main,1200\nglobal,\n");
});

test("only the header when there are no rows", async () => {
  expect(await written(["key"], [])).toEqual(["key\n"]);
});

test("quotes separators, quotes and line breaks", async () => {
  expect((await written(["a"], [['x,"y"\nz']])).join("")).toBe('a\n"x,""y""\nz"\n');
});

test("many rows come in parts, whole and in order", async () => {
  const rows = Array.from({ length: 2500 }, (_, index) => [String(index)]);
  const chunks = await written(["n"], rows);
  expect(chunks.length).toBe(4);
  expect(chunks.join("").trimEnd().split("\n")).toEqual(["n", ...rows.flat()]);
});
