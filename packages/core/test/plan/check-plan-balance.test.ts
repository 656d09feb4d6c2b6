import { describe, expect, test } from "vitest";
import { checkPlanBalance } from "../../src/plan/check-plan-balance.ts";
import { aFile, aMove, aPart, aRewrite, aRow, aStaleRow } from "./plan-builder.ts";

const rewrite = aRewrite();
const move = aMove("old-id.jsonl");
const otherFile = { ...rewrite, path: "/state/other.json" };
const otherContent = { ...rewrite, content: { ...rewrite.content, sha256: "b".repeat(64) } };

describe("checkPlanBalance", () => {
  test.each([
    ["a row that leaves with its file", aPart()],
    ["a part in which nothing changes", aPart({ rows: [aRow("a")], files: [], steps: [] })],
    [
      "a row that gets the key of one that leaves",
      aPart({ rows: [aStaleRow("a"), aRow("b", { change: { key: "a" } })] }),
    ],
    ["a rewrite that removes no row", aPart({ rows: [aRow("a")], files: [], steps: [rewrite] })],
    [
      "a file that was looked at and stays",
      aPart({ files: [aFile("old-id.jsonl"), aFile("b", { action: "keep" })] }),
    ],
  ])("%s is sound", (_name, part) => {
    expect(checkPlanBalance(part)).toEqual([]);
  });

  test.each([
    ["two decisions on row", aPart({ rows: [aRow("a"), aStaleRow("a")] })],
    [
      'two rows under the key "a"',
      aPart({ rows: [aRow("a"), aRow("b", { change: { key: "a" } })], files: [], steps: [rewrite] }),
    ],
    ["two decisions on file", aPart({ files: [aFile("old-id.jsonl"), aFile("old-id.jsonl")] })],
    ["two moves", aPart({ steps: [rewrite, move, move] })],
    ["rewritten twice", aPart({ steps: [rewrite, rewrite, move] })],
    ["not rewritten", aPart({ steps: [move] })],
    ["another file than the index", aPart({ steps: [otherFile, move] })],
    ["another index content", aPart({ steps: [otherContent, move] })],
    ["no byte does", aPart({ steps: [aRewrite([{ at: 1, remove: 0, insert: "x" }]), move] })],
    [
      "overlap",
      aPart({
        steps: [
          aRewrite([
            { at: 1, remove: 5, insert: "" },
            { at: 5, remove: 1, insert: "" },
          ]),
          move,
        ],
      }),
    ],
    ["leave the file", aPart({ steps: [aRewrite([{ at: 99, remove: 2, insert: "" }]), move] })],
    ["moves without a decision", aPart({ files: [] })],
    ["decision and move differ", aPart({ steps: [rewrite] })],
    ["decision and move differ", aPart({ files: [aFile("old-id.jsonl", { action: "trash" })] })],
    ["two sizes", aPart({ files: [aFile("old-id.jsonl", { size: 11 })] })],
    ["not in the order", aPart({ steps: [move, rewrite] })],
  ])("%s", (problem, part) => {
    expect(checkPlanBalance(part).join("\n")).toContain(problem);
  });
});
