import { describe, expect, test } from "vitest";
import { scanIndex } from "../../src/session-index/scan-index.ts";
import { readRowNames } from "../../src/snapshot/row-names.ts";

function namesIn(rowText: string): { sessionIds: string[]; paths: string[] } {
  const scan = scanIndex(Buffer.from(`{"k":${rowText},"after":"outside the row"}`));
  const [row] = scan.readable ? scan.document.rows : [];
  if (!scan.readable || row === undefined) throw new Error("the index of the test is not readable");
  const { sessionIds, paths } = readRowNames(scan.document, row);
  return { sessionIds: [...sessionIds], paths: [...paths] };
}

describe("a row that is understood", () => {
  test("names its usage family and both sides of its checkpoints", () => {
    const row = {
      sessionId: "own",
      usageFamilySessionIds: ["f1", 7, "f2"],
      compactionCheckpoints: [
        {
          sessionId: "c",
          preCompaction: { sessionId: "pre", sessionFile: "pre.jsonl" },
          postCompaction: { sessionId: "post", sessionFile: "/x/post.jsonl", leafId: "leaf" },
        },
        null,
        { preCompaction: "odd" },
      ],
      label: "not a name",
    };
    expect(namesIn(JSON.stringify(row))).toEqual({
      sessionIds: ["f1", "f2", "c", "pre", "post"],
      paths: ["pre.jsonl", "/x/post.jsonl"],
    });
  });

  test.each(['{"sessionId":"own"}', '{"usageFamilySessionIds":"f1","compactionCheckpoints":{}}'])(
    "%s names nothing",
    (row) => {
      expect(namesIn(row)).toEqual({ sessionIds: [], paths: [] });
    },
  );
});

describe("a row that is not understood", () => {
  test("names every string in it, and nothing after it", () => {
    const row = '{"n":9007199254740993,"s":"a\\u0062","deep":["x/y\\"z",{"p":"C:\\\\w\\\\t.jsonl"}]}';
    expect(namesIn(row)).toEqual({
      sessionIds: ["n", "s", "ab", "deep", 'x/y"z', "p", "C:\\w\\t.jsonl"],
      paths: ["n", "s", "ab", "deep", 'y"z', "p", "t.jsonl"],
    });
  });

  test("but no string that is too long for a path", () => {
    const row = `{"n":1e400,"a":"${"x".repeat(4094)}","b":"${"x".repeat(4095)}"}`;
    expect(namesIn(row).sessionIds).toEqual(["n", "a", "x".repeat(4094), "b"]);
  });

  test("a row that is no object is looked through like any other", () => {
    expect(namesIn('["a","b.jsonl"]').paths).toEqual(["a", "b.jsonl"]);
  });
});
