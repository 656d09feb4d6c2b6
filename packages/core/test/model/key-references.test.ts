import { describe, expect, test } from "vitest";
import { referencedKeys, renamedReferences } from "../../src/model/key-references.ts";

const entry = {
  sessionId: "s1",
  spawnedBy: "a",
  parentSessionKey: "b",
  usageFamilyKey: "c",
  heartbeatIsolatedBaseSessionKey: "d",
  compactionCheckpoints: [{ checkpointId: "1", sessionKey: "e", tokensBefore: 3 }, 7, { checkpointId: "2" }],
};
const odd = { spawnedBy: 7, parentSessionKey: null, compactionCheckpoints: { sessionKey: "a" } };

describe("the keys that a row names", () => {
  test("are found in each of their fields", () => {
    expect([...referencedKeys(entry)]).toEqual(["a", "b", "c", "d", "e"]);
    expect([...referencedKeys(odd)]).toEqual([]);
  });

  test.each([
    ["a", { spawnedBy: "new" }],
    ["b", { parentSessionKey: "new" }],
    ["c", { usageFamilyKey: "new" }],
    ["d", { heartbeatIsolatedBaseSessionKey: "new" }],
    [
      "e",
      {
        compactionCheckpoints: [
          { checkpointId: "1", sessionKey: "new", tokensBefore: 3 },
          7,
          { checkpointId: "2" },
        ],
      },
    ],
    ["x", {}],
  ])("are renamed: %s", (old, fields) => {
    expect(renamedReferences(entry, (key) => (key === old ? "new" : undefined))).toEqual(fields);
    expect(renamedReferences(odd, () => "new")).toEqual({});
  });
});
