import { describe, expect, test } from "vitest";
import { findPieces } from "../../src/transcripts/line-pieces.ts";
import { header, said } from "./transcript-lines.ts";

function pieces(line: string): readonly string[] {
  const bytes = Buffer.from(line);
  return findPieces(bytes).map(({ start, end }) => bytes.toString("utf8", start, end));
}

const [one, two] = [said("a", null), said("b", "a")];
const nested = `{"type":"custom","id":"n","parentId":null}`;

describe("findPieces", () => {
  test.each([
    ["records that follow each other", `${one}${two}`, [one, two]],
    ["with white space and NUL bytes between them", `${one} \0\t${two}`, [one, two]],
    ["a header and a record", `${header()}${one}`, [header(), one]],
    ["a record after the beginning of another", `{"type":"message","id":"x${two}`, [two]],
    ["a record between two that are cut off", `{"type":"mes${one}{"type":"m`, [one]],
    [
      "a record in another spelling at the beginning",
      `{"role":"user","content":"a"}${one}`,
      [`{"role":"user","content":"a"}`, one],
    ],
    ["no part of a record that is cut off", `{"type":"custom","data":[${nested},{"ty`, []],
    ["a part that nothing follows may be one", `{"type":"custom","data":[${nested}`, [nested]],
    ["nothing in what is no record", `oops {"a":1} [2]`, []],
    ["nothing in a text", `"{\\"type\\":\\"session\\"}" oops`, []],
    ["nothing in nothing", "", []],
  ])("finds %s", (_, line, found) => {
    expect(pieces(line)).toEqual(found);
  });

  test("gives up on a line that would be looked at again and again", () => {
    const deep = `{"type":"a","b":[`.repeat(40_000);
    expect(pieces(deep)).toEqual([]);
  });
});
