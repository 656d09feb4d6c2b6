import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/json-value.ts";
import { checkEntryIdentity } from "../../src/model/check-entry-identity.ts";

const place = { path: "/s/sessions.json", key: "agent:main:main" };
const sound: JsonObject = { sessionId: "s-1", updatedAt: 1_795_166_064_205 };

function found(row: JsonObject): readonly unknown[] {
  return checkEntryIdentity(row, place).map(({ id, details }) =>
    details === undefined ? [id] : [id, details],
  );
}

describe("checkEntryIdentity", () => {
  test("finds nothing in a sound row", () => {
    expect(found(sound)).toEqual([]);
  });

  test("says where it found something", () => {
    expect(checkEntryIdentity({ ...sound, updatedAt: 0 }, place)).toEqual([
      {
        id: "updated-at-unknown",
        severity: "warning",
        place: { ...place, field: "updatedAt" },
        details: { why: "zero", actual: "number" },
      },
    ]);
  });

  test.each<[JsonObject, readonly unknown[]]>([
    [{}, ["session-id-missing"]],
    [{ sessionId: null }, ["session-id-invalid", { actual: "null" }]],
    [{ sessionId: 42 }, ["session-id-invalid", { actual: "number" }]],
    [{ sessionId: "" }, ["session-id-invalid", { actual: "string" }]],
    [{ sessionId: "../../x", sessionFile: "x.jsonl" }, ["session-id-invalid", { actual: "string" }]],
    [{ sessionId: "abc:def" }, ["session-id-not-a-file-name"]],
    [{ sessionId: "abc:def", sessionFile: 5 }, ["session-id-not-a-file-name"]],
  ])("of %j it says %j", (row, expected) => {
    expect(found({ updatedAt: sound["updatedAt"], ...row })).toEqual([expected]);
  });

  test("a `sessionFile` makes up for an id that names no file", () => {
    expect(found({ ...sound, sessionId: "abc:def", sessionFile: "abc.jsonl" })).toEqual([]);
  });

  test.each<[JsonObject, readonly unknown[]]>([
    [{}, ["updated-at-missing"]],
    [{ updatedAt: 1_795_166_064 }, ["updated-at-unit", { unit: "s" }]],
    [{ updatedAt: 1_795_166_064_205_000 }, ["updated-at-unit", { unit: "us" }]],
    [{ updatedAt: "2026-11-20T08:00:00Z" }, ["updated-at-unit", { unit: "iso" }]],
    [{ updatedAt: "2026-11-20T08:00:00" }, ["updated-at-unknown", { why: "zoneless", actual: "string" }]],
    [{ updatedAt: -1 }, ["updated-at-unknown", { why: "negative", actual: "number" }]],
    [{ updatedAt: null }, ["updated-at-unknown", { why: "absent", actual: "null" }]],
    [{ updatedAt: [] }, ["updated-at-unknown", { why: "not-a-time", actual: "array" }]],
  ])("of %j it says %j", (row, expected) => {
    expect(found({ sessionId: "s-1", ...row })).toEqual([expected]);
  });

  test("a row of openclaw-python has both, only spelled otherwise", () => {
    expect(found({ session_id: "s-1", updated_at: 1 })).toEqual([]);
    expect(found({ session_id: "s-1", sessionId: "a b", updatedAt: 0 })).toEqual([
      ["session-id-invalid", { actual: "string" }],
      ["updated-at-unknown", { why: "zero", actual: "number" }],
    ]);
  });
});
