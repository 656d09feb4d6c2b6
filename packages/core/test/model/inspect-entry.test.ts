import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/json-value.ts";
import { inspectEntry } from "../../src/model/inspect-entry.ts";
import { fullEntry } from "./full-entry.ts";

const place = { path: "/s/sessions.json", key: "agent:main:main" };
const sound: JsonObject = { sessionId: "s-1", updatedAt: 1_795_166_064_205 };

describe("inspectEntry", () => {
  test("finds nothing in a row with every documented field, and shows it as it is", () => {
    expect(inspectEntry(fullEntry, place)).toEqual({ view: fullEntry, findings: [] });
  });

  test.each([
    [
      "a row of a real index",
      {
        sessionId: "904b5a23-bc54-492d-a073-0422cb508a5d",
        totalTokens: 76_631,
        model: "claude-opus-4-6",
        modelProvider: "openai",
        updatedAt: 1_795_150_756_756,
        label: "label 1",
        sessionFile: "ffcee46d-dd86-426d-a1c4-a430f29e4894.jsonl",
        displayName: "name 2",
        chatType: "direct",
        xCustomField: { deep: [1, 2.5, "é東京", null], flag: true },
      },
    ],
    [
      "a row that a running gateway patched",
      {
        sessionId: "22f62c35-73fc-4c21-9a63-69ab7d457f48",
        updatedAt: 1_795_166_064_288,
        label: "carol",
        sessionFile: "/home/user/.openclaw/agents/main/sessions/22f62c35-73fc-4c21-9a63-69ab7d457f48.jsonl",
        thinkingLevel: "high",
        verboseLevel: "on",
        sendPolicy: "deny",
        groupActivation: "always",
        providerOverride: "openai",
        modelOverride: "gpt-5",
        modelOverrideSource: "user",
        liveModelSwitchPending: true,
        execHost: "gateway",
        execSecurity: "allowlist",
        execAsk: "on-miss",
      },
    ],
  ])("finds nothing in %s (OpenClaw 2026.5.28)", (_name, row) => {
    expect(inspectEntry(row, place)).toEqual({ view: row, findings: [] });
  });

  test.each<[unknown, string]>([
    [null, "null"],
    [[], "array"],
    ["row", "string"],
    [undefined, "absent"],
  ])("%j is no row", (raw, actual) => {
    const { view, findings } = inspectEntry(raw, place);
    expect(view).toBeUndefined();
    expect(findings).toMatchObject([{ id: "row-not-object", place, details: { actual } }]);
  });

  test.each<[JsonObject, string, string, string]>([
    [{ label: 5 }, "label", "string", "number"],
    [{ label: null }, "label", "string", "null"],
    [{ systemSent: "yes" }, "systemSent", "boolean", "string"],
    [{ lastThreadId: true }, "lastThreadId", "string or number", "boolean"],
    [{ pendingFinalDeliveryText: [] }, "pendingFinalDeliveryText", "string", "array"],
    [{ chatType: 1 }, "chatType", "string", "number"],
    [{ origin: "telegram" }, "origin", "object", "string"],
    [{ cliSessionIds: ["x"] }, "cliSessionIds", "object", "array"],
    [{ usageFamilySessionIds: ["a", 1] }, "usageFamilySessionIds.1", "string", "number"],
    [{ compactionCheckpoints: {} }, "compactionCheckpoints", "array", "object"],
    [{ quotaSuspension: {} }, "quotaSuspension.schemaVersion", "number", "absent"],
    [{ heartbeatTaskState: { "my mail!": "x" } }, "heartbeatTaskState.*", "number", "string"],
    [
      { cliSessionBindings: { "claude-cli": {} } },
      "cliSessionBindings.claude-cli.sessionId",
      "string",
      "absent",
    ],
  ])("of %j it names the field %s, expected %s, actual %s", (row, field, expected, actual) => {
    const { view, findings } = inspectEntry({ ...sound, ...row, subject: "Holidays" }, place);
    expect(view).toEqual({ ...sound, subject: "Holidays" });
    expect(findings).toEqual([
      {
        id: "entry-field-type",
        severity: "warning",
        place: { ...place, field },
        details: { expected, actual },
      },
    ]);
  });

  test("makes one finding a field, however much is wrong in it", () => {
    const row = { ...sound, inheritedToolDeny: Array.from({ length: 1000 }, () => 5), label: {} };
    expect(inspectEntry(row, place).findings.map((found) => found.place.field)).toEqual([
      "label",
      "inheritedToolDeny.0",
    ]);
  });

  test("leaves an odd time to its own finding", () => {
    const { view, findings } = inspectEntry({ sessionId: "s-1", updatedAt: "2026-11-20T08:00:00Z" }, place);
    expect(view).toEqual({ sessionId: "s-1" });
    expect(findings.map(({ id }) => id)).toEqual(["updated-at-unit"]);
  });

  test("keeps an undocumented word in the view", () => {
    const { view, findings } = inspectEntry({ ...sound, sendPolicy: "ask" }, place);
    expect(view?.sendPolicy).toBe("ask");
    expect(findings.map(({ id }) => id)).toEqual(["entry-enum-unknown"]);
  });

  test("takes the nulls of openclaw-python for absent", () => {
    const row = {
      session_id: "s",
      updated_at: 1,
      label: null,
      model: null,
      origin: { from_: "u", to: null },
    };
    const { view, findings } = inspectEntry(row, place);
    expect(view).toEqual({ session_id: "s", updated_at: 1 });
    expect(findings).toMatchObject([{ id: "entry-snake-case", severity: "error", place }]);
  });

  test("copes with fields that are called like parts of an object, and does not touch the row", () => {
    const text =
      '{"__proto__":{"polluted":1},"constructor":1,"sessionId":"s-1","updatedAt":1795166064205,' +
      '"cliSessionIds":{"__proto__":"a","constructor":"b"},"toString":null,"label":5}';
    const row: unknown = JSON.parse(text);
    const { view, findings } = inspectEntry(row, place);
    expect(JSON.stringify(row)).toBe(text);
    expect(view).toMatchObject({ constructor: 1, toString: null, cliSessionIds: { constructor: "b" } });
    expect(view !== undefined && "polluted" in view).toBe(false);
    expect(findings.map((found) => found.place.field)).toEqual(["label"]);
  });
});
