import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/json-value.ts";
import { checkEntrySpelling } from "../../src/model/check-entry-spelling.ts";

describe("checkEntrySpelling", () => {
  test.each<[JsonObject, readonly (string | undefined)[]]>([
    [{ sessionId: "s", channel: "telegram", skillsSnapshot: { skills: [] } }, []],
    [{ provider: "telegram" }, ["entry-legacy-field", "provider", "channel"]],
    [{ lastProvider: "telegram" }, ["entry-legacy-field", "lastProvider", "lastChannel"]],
    [{ room: "#general" }, ["entry-legacy-field", "room", "groupChannel"]],
    [{ session_id: "s" }, ["entry-snake-case", undefined, undefined]],
    [
      { skillsSnapshot: { resolvedSkills: [] } },
      ["entry-ephemeral-field", "skillsSnapshot.resolvedSkills", undefined],
    ],
    [{ skillsSnapshot: "resolvedSkills" }, []],
  ])("of %j it says %j", (row, expected) => {
    const findings = checkEntrySpelling(row, { key: "k" });
    expect(findings.flatMap(({ id, place, details }) => [id, place.field, details?.["now"]])).toEqual(
      expected,
    );
  });

  test("says all that it finds", () => {
    const row = {
      provider: "a",
      lastProvider: "b",
      room: "c",
      updated_at: 1,
      skillsSnapshot: { resolvedSkills: [] },
    };
    expect(checkEntrySpelling(row, { key: "k" })).toHaveLength(5);
  });
});
