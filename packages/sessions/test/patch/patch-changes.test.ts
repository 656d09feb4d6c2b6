import { isStoreError, type JsonObject } from "@sessionsmith/core";
import { constantFrom, property, assert } from "fast-check";
import { describe, expect, test } from "vitest";
import { patchChanges } from "../../src/patch/patch-changes.ts";
import { patchRules } from "../../src/patch/patch-rules.ts";

const subagent = "agent:main:subagent:7";

function judged(patch: JsonObject, entry: JsonObject = {}, key = "agent:main:main") {
  const { fields, cleared } = patchChanges(patch, { key, entry, isLabelTaken: (label) => label === "taken" });
  return { ...fields, ...(cleared.length === 0 ? {} : { cleared }) };
}

function refusal(patch: JsonObject, entry: JsonObject = {}, key?: string): string {
  try {
    judged(patch, entry, key);
  } catch (error) {
    if (isStoreError(error))
      return `${error.code}: ${error.message}${error.hint === undefined ? "" : ` ${error.hint}`}`;
    throw error;
  }
  return "accepted";
}

describe("patchChanges", () => {
  test.each<[JsonObject, object]>([
    [{ label: "  Ann " }, { label: "Ann" }],
    [{ label: " " }, { cleared: ["label"] }],
    [{ label: null }, { cleared: ["label"] }],
    [{ label: "x".repeat(512) }, { label: "x".repeat(512) }],
    [{ thinkingLevel: "HIGH" }, { thinkingLevel: "high" }],
    [{ thinkingLevel: "off" }, { thinkingLevel: "off" }],
    [{ thinkingLevel: null }, { cleared: ["thinkingLevel"] }],
    [{ responseUsage: "on" }, { responseUsage: "tokens" }],
    [{ responseUsage: "off" }, { cleared: ["responseUsage"] }],
    [
      { fastMode: true, totalTokens: 0 },
      { fastMode: true, totalTokens: 0 },
    ],
    [{ execNode: " mac " }, { execNode: "mac" }],
    [{ inheritedToolDeny: [" exec ", "web"] }, { inheritedToolDeny: ["exec", "web"] }],
  ])("%j", (patch, expected) => {
    expect(judged(patch)).toEqual(expected);
  });

  test.each<[JsonObject, string]>([
    [{ label: "taken" }, "E_USAGE: label already in use: taken"],
    [{ label: "x".repeat(513) }, "E_USAGE: invalid label: too long (at most 512 characters)"],
    [{ label: 7 }, "E_USAGE: invalid label: use a text"],
    [{ thinkingLevel: "silly" }, "E_USAGE: invalid thinkingLevel (use off|minimal|low|medium|high|xhigh)"],
    [{ sendPolicy: true }, "E_USAGE: invalid sendPolicy (use allow|deny)"],
    [{ fastMode: "yes" }, "E_USAGE: invalid fastMode (use true or false)"],
    [{ totalTokens: -1 }, "E_USAGE: invalid totalTokens (use an integer >= 0)"],
    [{ inheritedToolAllow: "exec" }, "E_USAGE: invalid inheritedToolAllow (use a list of names)"],
    [{ inheritedToolAllow: [""] }, "E_USAGE: invalid inheritedToolAllow (use a list of names)"],
    [{ model: "openai/" }, "E_USAGE: invalid model (use provider/model)"],
    [
      { thinking_level: "high" },
      "E_USAGE: unexpected property 'thinking_level' The field is called thinkingLevel.",
    ],
  ])("%j is refused", (patch, message) => {
    expect(refusal(patch)).toBe(message);
  });

  test.each([
    "sessionId",
    "updatedAt",
    "sessionFile",
    "sessionStartedAt",
    "pluginExtensions",
    "__proto__",
    "nonsense",
  ])("%s is not patchable", (field) => {
    const patch: JsonObject = JSON.parse(`{"${field}": "x"}`);
    expect(refusal(patch)).toContain(`unexpected property '${field}' Patchable are contextTokens, `);
  });

  test("where a sub-agent comes from can be set once, and only there", () => {
    expect(judged({ spawnedBy: "agent:main:main", spawnDepth: 1 }, {}, subagent)).toEqual({
      spawnedBy: "agent:main:main",
      spawnDepth: 1,
    });
    const set = { spawnedBy: "agent:main:main", spawnDepth: 0 };
    expect(judged({ spawnedBy: " agent:main:main " }, set, subagent)).toEqual({
      spawnedBy: "agent:main:main",
    });
    expect(refusal({ spawnedBy: "other" }, set, subagent)).toContain("spawnedBy cannot be changed once set");
    expect(refusal({ spawnedBy: null }, set, subagent)).toContain("spawnedBy cannot be cleared once set");
    expect(refusal({ spawnDepth: null }, set, subagent)).toContain("spawnDepth cannot be cleared once set");
    expect(judged({ spawnedBy: null }, {}, subagent)).toEqual({});
    expect(refusal({ spawnedBy: "agent:main:main" })).toContain(
      "only supported for subagent:* or acp:* sessions",
    );
    expect(refusal({ subagentRole: "boss" }, {}, subagent)).toContain("(use orchestrator|leaf)");
  });

  test("a model is the user's choice, and what was before it goes", () => {
    const entry = { model: "gpt-4o", modelProvider: "openai", contextTokens: 1, authProfileOverride: "p" };
    const { cleared, ...fields } = judged({ model: "openai/gpt-5" }, entry);
    expect(fields).toEqual({
      providerOverride: "openai",
      modelOverride: "gpt-5",
      modelOverrideSource: "user",
      liveModelSwitchPending: true,
    });
    expect(cleared).toEqual(
      expect.arrayContaining([
        "authProfileOverride",
        "fallbackNoticeReason",
        "model",
        "modelProvider",
        "contextTokens",
      ]),
    );
    expect(judged({ model: "gpt-4o" }, entry).cleared).not.toContain("model");
    expect(judged({ model: null }, { modelOverride: "gpt-5" })).toMatchObject({
      liveModelSwitchPending: true,
    });
    expect(judged({ model: null })).not.toHaveProperty("liveModelSwitchPending");
  });

  test("null never throws anything but a StoreError, and clears what may be cleared", () => {
    assert(
      property(constantFrom(...patchRules.keys()), (field) => {
        const { fields } = patchChanges(
          { [field]: null },
          { key: subagent, entry: {}, isLabelTaken: () => false },
        );
        expect(fields).toEqual({});
      }),
    );
  });
});
