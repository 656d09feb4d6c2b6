import { describe, expect, test } from "vitest";
import { classifySessionKey, sessionKinds } from "../../src/keys/session-kind.ts";

const examples = [
  ["agent:main:main", "main"],
  ["main", "main"],
  ["agent:main:telegram:acct:direct:5", "direct"],
  ["agent:main:telegram:dm:5", "direct"],
  ["+15550001", "direct"],
  ["agent:main:discord:group:5", "group"],
  ["group:5", "group"],
  ["1203@g.us", "group"],
  ["agent:main:discord:channel:c1", "channel"],
  ["agent:main:slack:room:r1", "channel"],
  ["agent:main:slack:channel:c1:thread:9", "thread"],
  ["agent:main:telegram:group:1:topic:7", "thread"],
  ["agent:main:telegram:direct:1:thread:7", "thread"],
  ["agent:main:main:thread:7", "thread"],
  ["agent:main:cron:job1", "cron"],
  ["agent:main:cron:job1:run:r1", "cron-run"],
  ["agent:main:cron:group:x:thread:1", "cron"],
  ["agent:main:subagent:u1", "subagent"],
  ["acp:u1", "acp"],
  ["agent:main:hook:u1", "hook"],
  ["agent:main:node:u1", "node"],
  ["agent:main:telegram:group:5:heartbeat", "heartbeat"],
  ["agent:main:heartbeat-recovered-2026-11-20t08-09-55.426z", "heartbeat"],
  ["agent:main:dashboard:u1", "dashboard"],
  ["agent:main:explicit:u1", "explicit"],
  ["global", "global"],
  ["unknown", "unknown"],
  ["agent:main:web:nofile", "unknown"],
  ["agent:main", "unknown"],
  ["", "unknown"],
] as const;

describe("classifySessionKey", () => {
  test.each(examples)("%j is %s", (key, kind) => {
    expect(classifySessionKey(key)).toBe(kind);
  });

  test("every kind has an example here", () => {
    expect(new Set(examples.map(([, kind]) => kind))).toEqual(new Set(sessionKinds));
  });

  test("the configured main key is the main session", () => {
    expect(classifySessionKey("agent:main:desk", { mainKey: "desk" })).toBe("main");
  });
});
