import { array, assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { spliceIndex } from "../../src/session-index/splice-index.ts";
import { compactionEdits } from "../../src/transcripts/compaction-edits.ts";
import { bytesFile } from "./bytes-file.ts";

const header = '{"type":"session","version":3,"id":"s"}';
const user = '{"type":"message","message":{"role":"user","content":"q"}}';
const call = (...ids: readonly string[]) =>
  JSON.stringify({
    type: "message",
    message: { role: "assistant", content: ids.map((id) => ({ type: "toolCall", id, name: "t" })) },
  });
const result = (id: string) =>
  JSON.stringify({ type: "message", message: { role: "toolResult", toolCallId: id, content: [] } });

const entry = (id: string, parentId: string | null) =>
  `{ "type":"custom", "parentId" : ${JSON.stringify(parentId)}, "id":"${id}"}`;

/** The transcript of these lines after a compaction. */
function compacted(lines: readonly string[], keepLines: number): readonly string[] {
  const bytes = Buffer.from([header, ...lines].map((line) => `${line}\n`).join(""));
  const found = compactionEdits(bytesFile(bytes), keepLines);
  if ("state" in found) throw new Error(found.state);
  const after = Buffer.concat(spliceIndex(bytes, found.edits)).toString("utf8").trimEnd().split("\n");
  expect([found.keptLines, found.removedLines]).toEqual([after.length - 1, lines.length - after.length + 1]);
  expect(after[0]).toBe(header);
  return after.slice(1);
}

describe("a cut", () => {
  test.each([
    ["a result keeps its call", [user, call("a"), result("a"), user], 2, 3],
    ["all results of one call", [user, call("a", "b"), result("a"), result("b")], 1, 3],
    ["a chain of pairs", [user, call("a"), call("b"), result("a"), user, result("b")], 1, 5],
    ["a pair before the cut goes as a whole", [call("a"), result("a"), user], 1, 1],
    ["an id that is used again", [call("a"), result("a"), user, call("a"), result("a")], 1, 2],
    ["a result without a call", [user, result("x"), user], 2, 2],
    ["a call without a result", [call("a"), user], 1, 1],
    ["lines that are no records", ["oops", "{", "7", user], 2, 2],
    ["blank lines are not counted", [user, user, user], 1, 1],
  ])("%s", (_name, lines, keepLines, kept) => {
    expect(compacted(lines, keepLines)).toEqual(lines.slice(-kept));
  });

  test("makes a root of what has lost its parent, on every branch, and of nothing else", () => {
    const lines = [
      entry("1", null),
      entry("2", "1"),
      entry("3", "2"),
      entry("4", "1"),
      entry("5", "4"),
      entry("6", "x"),
    ];
    expect(compacted(lines, 4)).toEqual([
      entry("3", null),
      entry("4", null),
      entry("5", "4"),
      entry("6", "x"),
    ]);
  });
});

test("at least the lines that were asked for stay, at the end, and no result loses its call", () => {
  const line = constantFrom(user, "oops", call("a"), call("b", "c"), result("a"), result("b"), result("c"));
  assert(
    property(array(line, { maxLength: 30 }), integer({ min: 1, max: 31 }), (lines, keepLines) => {
      const kept = compacted(lines, keepLines);
      expect(kept).toEqual(lines.slice(lines.length - kept.length));
      expect(kept.length).toBeGreaterThanOrEqual(Math.min(keepLines, lines.length));
      const cut = lines.length - kept.length;
      const torn = lines.filter((text, at) => {
        const id = ["a", "b", "c"].find((one) => text === result(one));
        const isCall = (other: string) => other.includes(`"toolCall","id":"${id}"`);
        const callAt = lines.slice(0, at).findLastIndex(isCall);
        return id !== undefined && at >= cut && callAt >= 0 && callAt < cut;
      });
      expect(torn).toEqual([]);
    }),
  );
});
