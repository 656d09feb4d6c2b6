import { describe, expect, test } from "vitest";
import {
  isOpenClawPythonRow,
  openClawPythonFields,
  snakeCaseOf,
} from "../../src/model/openclaw-python-fields.ts";
import { sessionEntrySchema } from "../../src/model/session-entry.ts";

describe("openClawPythonFields", () => {
  test("are 57 different fields that OpenClaw knows too", () => {
    expect(new Set(openClawPythonFields).size).toBe(57);
    expect(openClawPythonFields.filter((name) => !Object.hasOwn(sessionEntrySchema.shape, name))).toEqual([]);
  });
});

test.each([
  ["updatedAt", "updated_at"],
  ["authProfileOverrideCompactionCount", "auth_profile_override_compaction_count"],
  ["model", "model"],
])("snakeCaseOf(%s) is %s", (name, expected) => {
  expect(snakeCaseOf(name)).toBe(expected);
});

describe("isOpenClawPythonRow", () => {
  test.each([
    [{ session_id: "s", updated_at: 1 }, true],
    [{ sessionId: "s", display_name: null }, true],
    [{ sessionId: "s", model: "m", label: "l", x_own_field: 1 }, false],
    [{}, false],
  ])("of %j is %s", (row, expected) => {
    expect(isOpenClawPythonRow(row)).toBe(expected);
  });
});
