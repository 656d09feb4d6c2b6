import type { JsonObject } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { listedSession } from "../src/listed-session.ts";
import type { SelectedSession } from "../src/session-selection.ts";
import { now } from "./stores-on-disk.ts";

function selected(entry: JsonObject, change: Partial<SelectedSession> = {}): SelectedSession {
  return {
    key: "agent:main:main",
    agentId: "main",
    agent: undefined,
    kind: "main",
    sessionId: "s",
    updatedAt: now - 5,
    entry,
    rowFinding: undefined,
    title: undefined,
    lastMessage: undefined,
    ...change,
  };
}

/** As a reader of the JSON sees it. */
function asJson(session: SelectedSession) {
  return JSON.parse(JSON.stringify(listedSession(session, now)));
}

const full: JsonObject = {
  sessionFile: "x.jsonl",
  groupActivation: "mention",
  systemSent: true,
  abortedLastRun: false,
  thinkingLevel: "high",
  verboseLevel: "on",
  traceLevel: "off",
  reasoningLevel: "stream",
  elevatedLevel: "ask",
  responseUsage: "tokens",
  inputTokens: 1,
  outputTokens: 2,
  totalTokens: 3,
  totalTokensFresh: true,
  model: "gpt-5",
  modelProvider: "openai",
  providerOverride: "anthropic",
  modelOverride: "claude",
  contextTokens: 200_000,
  acp: { state: "idle" },
  agentRuntimeOverride: "codex",
  agentHarnessId: "other",
  label: "L",
  displayName: "D",
  subject: "S",
  pluginExtensions: { sessionsmith: { lease: { user: "alice", expiresAt: now } } },
};

describe("listedSession", () => {
  test("has the keys of OpenClaw 2026.5.28 in its order, then the additions", () => {
    const keys = `
      key updatedAt ageMs sessionId systemSent abortedLastRun thinkingLevel verboseLevel traceLevel reasoningLevel elevatedLevel
      responseUsage groupActivation inputTokens outputTokens totalTokens totalTokensFresh model modelProvider providerOverride
      modelOverride contextTokens agentId acpRuntime agentRuntime kind
      label displayName fineKind status user expiresAt title lastMessage nextResetAt wouldReset rowFinding`;
    expect(Object.keys(listedSession(selected({}), now))).toStrictEqual(keys.trim().split(/\s+/));
  });

  test("tells all that a row says", () => {
    const lastMessage = { role: "user", text: "hi" };
    expect(asJson(selected(full, { title: "T", lastMessage }))).toStrictEqual({
      key: "agent:main:main",
      updatedAt: now - 5,
      ageMs: 5,
      sessionId: "s",
      systemSent: true,
      abortedLastRun: false,
      thinkingLevel: "high",
      verboseLevel: "on",
      traceLevel: "off",
      reasoningLevel: "stream",
      elevatedLevel: "ask",
      responseUsage: "tokens",
      groupActivation: "mention",
      inputTokens: 1,
      outputTokens: 2,
      totalTokens: 3,
      totalTokensFresh: true,
      model: "gpt-5",
      modelProvider: "openai",
      providerOverride: "anthropic",
      modelOverride: "claude",
      contextTokens: 200_000,
      agentId: "main",
      acpRuntime: true,
      agentRuntime: { id: "codex", source: "session" },
      kind: "direct",
      label: "L",
      displayName: "D",
      fineKind: "main",
      status: "expired",
      user: "alice",
      expiresAt: now,
      title: "T",
      lastMessage,
    });
  });

  test("invents nothing for a row that says nothing", () => {
    expect(asJson(selected({}, { sessionId: undefined, updatedAt: undefined }))).toStrictEqual({
      key: "agent:main:main",
      updatedAt: null,
      ageMs: null,
      totalTokens: null,
      totalTokensFresh: false,
      agentId: "main",
      acpRuntime: false,
      kind: "direct",
      fineKind: "main",
      status: "active",
    });
  });

  test("takes model and context size from the settings of the agent", () => {
    const agent = { id: "main", model: "openai/gpt-5", contextTokens: 64_000 };
    expect(asJson(selected({}, { agent }))).toMatchObject({
      model: "gpt-5",
      modelProvider: "openai",
      contextTokens: 64_000,
    });
    expect(asJson(selected(full, { agent }))).toMatchObject({ contextTokens: 200_000 });
  });

  test("gives a row that is not understood no status, but its finding", () => {
    expect(asJson(selected({}, { rowFinding: "row-not-object" }))).toMatchObject({
      rowFinding: "row-not-object",
    });
    expect(asJson(selected({}, { rowFinding: "row-not-object" }))).not.toHaveProperty("status");
  });

  test.each<[JsonObject, number | null]>([
    [{ totalTokens: 0 }, 0],
    [{ totalTokens: 7, totalTokensFresh: false }, null],
    [{ totalTokens: -1 }, null],
    [{ totalTokens: "7" }, null],
  ])("total tokens of %j: %s", (entry, totalTokens) => {
    expect(asJson(selected(entry))).toMatchObject({ totalTokens, totalTokensFresh: totalTokens !== null });
  });

  test.each<[string, JsonObject, string]>([
    ["global", {}, "global"],
    ["agent:main:cron:j", { spawnedBy: "p" }, "cron"],
    ["agent:main:subagent:x", { spawnedBy: "p" }, "spawn-child"],
    ["agent:main:main", { chatType: "group" }, "group"],
    ["agent:main:slack:channel:c", {}, "group"],
  ])("%s %j is %s", (key, entry, kind) => {
    expect(asJson(selected(entry, { key }))).toMatchObject({ kind });
  });
});
