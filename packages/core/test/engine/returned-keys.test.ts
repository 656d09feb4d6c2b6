import { describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { returnedKeys } from "../../src/engine/returned-keys.ts";
import type { RowDecision } from "../../src/plan/decision.ts";
import { useStoreDir } from "../snapshot/store-dir.ts";

const dir = useStoreDir();

const decision = (key: string, more: Partial<RowDecision>): RowDecision => ({
  key,
  sessionId: undefined,
  action: "keep",
  reasons: [],
  ageMs: null,
  ...more,
});

const decisions: readonly RowDecision[] = [
  decision("kept", {}),
  decision("removed", { action: "delete" }),
  decision("old-name", { change: { key: "new-name" } }),
  decision("patched", { change: { fields: { model: "b", nested: { a: 1 } }, cleared: ["label"] } }),
  decision("added", { action: "add" }),
];

/** What a part left behind. */
const after = { kept: {}, "new-name": {}, patched: { model: "b", nested: { a: 1 }, other: 1 }, added: {} };

function returned(rows: Readonly<Record<string, object>>, decided = decisions): readonly string[] {
  dir.index(rows);
  const store = {
    agentId: "main",
    indexPath: dir.at("sessions.json"),
    realDir: dir.at("."),
    index: { sha256: "", size: 0, dev: "", ino: "", mtimeNs: "" },
  };
  return returnedKeys(nodeReadFs, { store, rows: decided, files: [], steps: [], blockedBy: [] });
}

describe("returnedKeys", () => {
  test("are none as long as nobody has written, or only on other rows", () => {
    expect(returned(after)).toEqual([]);
    expect(returned({ ...after, kept: { changed: true }, another: {} })).toEqual([]);
    expect(returned({ kept: {} }, decisions.slice(0, 1))).toEqual([]);
  });

  test.each([
    ["a removed row that is there again", { ...after, removed: {} }, ["removed"]],
    ["a renamed one under its old key", { ...after, "old-name": {} }, ["old-name"]],
    ["an added one that is gone", { kept: {}, "new-name": {}, patched: after.patched }, ["added"]],
    ["a field that is as it was", { ...after, patched: { ...after.patched, model: "a" } }, ["patched"]],
    ["a field that is gone", { ...after, patched: { model: "b" } }, ["patched"]],
    ["a field that was cleared", { ...after, patched: { ...after.patched, label: "x" } }, ["patched"]],
  ])("names %s", (_, rows, keys) => {
    expect(returned(rows)).toEqual(keys);
  });

  test("a row that its owner has removed since is not back, and a key that another row was given is taken by right", () => {
    const { patched: _, ...others } = after;
    expect(returned(others)).toEqual([]);
    const swapped = [decision("a", { action: "delete" }), decision("b", { change: { key: "a" } })];
    expect(returned({ a: {} }, swapped)).toEqual([]);
  });

  test("an index that can't be read is no answer", () => {
    dir.index({});
    expect(() => returned(after, decisions)).not.toThrow();
    dir.write("sessions.json", "{");
    const store = { agentId: "main", indexPath: dir.at("sessions.json"), realDir: dir.at(".") };
    const index = { sha256: "", size: 0, dev: "", ino: "", mtimeNs: "" };
    const part = { store: { ...store, index }, rows: decisions, files: [], steps: [], blockedBy: [] };
    expect(() => returnedKeys(nodeReadFs, part)).toThrow(
      expect.objectContaining({ code: "E_CORRUPT_INDEX" }),
    );
  });
});
