import type { JsonObject } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { toAriaList } from "../../src/formats/aria-list.ts";
import { selectSessions } from "../../src/select-sessions.ts";
import { everything, storesOnDisk } from "../stores-on-disk.ts";

/** Rows as Aria's session_manager (ca96990^) read them, and the output of its `list_sessions {}` for each. */
const recorded: readonly (readonly [key: string, row: JsonObject, listed: JsonObject])[] = [
  [
    "agent:analyst:telegram:direct:7",
    { sessionId: "a1", updatedAt: 1_795_155_279_831 },
    {
      id: "a1",
      sessionId: "a1",
      key: "agent:analyst:telegram:direct:7",
      agentId: "analyst",
      session_type: "direct",
      label: null,
      updatedAt: "2026-11-20T06:14:39.831000+00:00",
      contextTokens: null,
      model: null,
    },
  ],
  [
    "agent:main:main",
    { sessionId: "m1", updatedAt: 1_794_903_279_831, model: "gpt", contextTokens: 9 },
    {
      id: "m1",
      sessionId: "m1",
      key: "agent:main:main",
      agentId: "main",
      session_type: "direct",
      label: null,
      updatedAt: "2026-11-17T08:14:39.831000+00:00",
      contextTokens: 9,
      model: "gpt",
    },
  ],
  [
    "agent:main:telegram:direct:5",
    { sessionId: "d1", updatedAt: 1_794_903_279_831, deliveryContext: { to: "tg:5" } },
    {
      id: "d1",
      sessionId: "d1",
      key: "agent:main:telegram:direct:5",
      agentId: "main",
      session_type: "direct",
      label: "tg:5",
      updatedAt: "2026-11-17T08:14:39.831000+00:00",
      contextTokens: null,
      model: null,
    },
  ],
  [
    "agent:main:subagent:s1",
    { sessionId: "s1", updatedAt: 1_795_162_179_831, label: "L" },
    {
      id: "s1",
      sessionId: "s1",
      key: "agent:main:subagent:s1",
      agentId: "main",
      session_type: "subagent",
      label: "L",
      updatedAt: "2026-11-20T08:09:39.831000+00:00",
      contextTokens: null,
      model: null,
    },
  ],
  [
    "agent:main:cron:nots",
    { sessionId: "c2" },
    {
      id: "c2",
      sessionId: "c2",
      key: "agent:main:cron:nots",
      agentId: "main",
      session_type: "cron",
      label: null,
      updatedAt: null,
      contextTokens: null,
      model: null,
    },
  ],
];

function listAria(rows: JsonObject) {
  const { host, targets, settings } = storesOnDisk({ main: { "sessions.json": JSON.stringify(rows) } });
  return toAriaList(selectSessions(host, { targets, settings }, everything));
}

describe("toAriaList", () => {
  test("gives recorded rows the recorded shape, in the order of the selection", () => {
    const list = listAria(Object.fromEntries(recorded.map(([key, row]) => [key, row])));
    expect(Object.keys(list)).toStrictEqual(["session_count", "sessions"]);
    expect(list.session_count).toBe(5);
    expect(list.sessions.map(({ id }) => id)).toStrictEqual(["s1", "a1", "m1", "d1", "c2"]);
    for (const [key, , listed] of recorded) {
      const session = list.sessions.find((one) => one.key === key);
      expect(Object.entries(session ?? {})).toStrictEqual(Object.entries(listed));
    }
  });

  test("keeps rows that Aria leaves out", () => {
    expect(listAria({ "agent:main:main": {} }).sessions).toMatchObject([
      { id: "agent:main:main", sessionId: null },
    ]);
  });

  test.each<[string, JsonObject, JsonObject]>([
    ["agent:main:cron:j:run:r", {}, { session_type: "cron_run" }],
    ["agent:main:telegram:direct:cron", {}, { session_type: "direct" }],
    ["a", { origin: { label: "from" }, deliveryContext: { to: "to" } }, { label: "from" }],
    ["a", { label: "own", origin: { label: "from" } }, { label: "own" }],
  ])("%s %j: %j", (key, row, expected) => {
    expect(listAria({ [key]: row }).sessions).toMatchObject([expected]);
  });
});
