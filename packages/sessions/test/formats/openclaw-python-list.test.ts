import type { JsonObject } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { toOpenClawPythonList } from "../../src/formats/openclaw-python-list.ts";
import { selectSessions } from "../../src/select-sessions.ts";
import { everything, now, storesOnDisk } from "../stores-on-disk.ts";

function listPython(rows: JsonObject) {
  const text = '{"type":"message","message":{"role":"user","content":"first and last"}}\n';
  const { host, targets, settings } = storesOnDisk({
    main: { "sessions.json": JSON.stringify(rows), "s1.jsonl": text },
  });
  const query = { ...everything, titles: true, previews: true };
  return { list: toOpenClawPythonList(selectSessions(host, { targets, settings }, query)), targets };
}

describe("toOpenClawPythonList", () => {
  test("a row that says everything, in the 32 keys of openclaw-python and their order", () => {
    const same = {
      channel: "telegram",
      groupChannel: "gc",
      space: "sp",
      chatType: "direct",
      systemSent: true,
      abortedLastRun: false,
      thinkingLevel: "high",
      verboseLevel: "on",
      reasoningLevel: "on",
      elevatedLevel: "ask",
      sendPolicy: "allow",
      inputTokens: 1,
      outputTokens: 2,
      totalTokens: 3,
      responseUsage: "full",
      modelProvider: "openai",
      model: "gpt-5",
      contextTokens: 4,
      lastChannel: "telegram",
      lastTo: "5",
      lastAccountId: "acc",
    };
    const row = {
      ...same,
      sessionId: "s1",
      updatedAt: now,
      origin: { from: "u" },
      deliveryContext: { to: "5", threadId: 7 },
    };
    const { list, targets } = listPython({ "agent:main:telegram:direct:5": row });
    expect(list).toStrictEqual({
      ts: now,
      path: targets[0]?.indexPath,
      count: 1,
      defaults: { modelProvider: "openai", model: "gpt-5", contextTokens: 4 },
      sessions: [
        {
          ...same,
          key: "agent:main:telegram:direct:5",
          kind: "group",
          label: null,
          displayName: null,
          derivedTitle: "first and last",
          lastMessagePreview: "first and last",
          subject: null,
          updatedAt: now,
          sessionId: "s1",
          // As its pydantic model dumps an origin.
          origin: {
            label: null,
            provider: null,
            surface: null,
            chat_type: null,
            from_: "u",
            to: null,
            account_id: null,
            thread_id: null,
          },
          deliveryContext: { channel: null, to: "5", account_id: null, thread_id: 7 },
        },
      ],
    });
    const keys = `
      key kind label displayName derivedTitle lastMessagePreview channel subject groupChannel space chatType origin updatedAt
      sessionId systemSent abortedLastRun thinkingLevel verboseLevel reasoningLevel elevatedLevel sendPolicy inputTokens
      outputTokens totalTokens responseUsage modelProvider model contextTokens deliveryContext lastChannel lastTo lastAccountId`;
    expect(Object.keys(list.sessions[0] ?? {})).toStrictEqual(keys.trim().split(/\s+/));
  });

  test("an empty list has no defaults", () => {
    expect(listPython({}).list).toMatchObject({
      count: 0,
      defaults: { modelProvider: null, model: null, contextTokens: null },
      sessions: [],
    });
  });

  /** What `classify` of openclaw-python answered, but for the peer whose name begins with "group". */
  test.each<[string, JsonObject, string]>([
    ["global", {}, "global"],
    ["unknown", {}, "unknown"],
    ["agent:main:main", {}, "direct"],
    ["agent:main:telegram:dm:5", {}, "direct"],
    ["agent:main:slack:channel:C1", {}, "group"],
    ["agent:main:telegram:direct:groupie", {}, "direct"],
    ["agent:main:cron:j", {}, "direct"],
    ["agent:main:subagent:x", { spawnedBy: "agent:main:main" }, "direct"],
    ["main", {}, "unknown"],
    ["telegram:group:5", {}, "unknown"],
    ["agent:x", {}, "unknown"],
    ["agent:main:a", { chatType: "supergroup" }, "group"],
    ["agent:main:a", { origin: { chatType: "channel" } }, "group"],
    ["agent:main:a", { groupId: "5" }, "group"],
  ])("%s %j is %s", (key, row, kind) => {
    expect(listPython({ [key]: row }).list.sessions).toMatchObject([{ key, kind }]);
  });
});
