import { describe, expect, test } from "vitest";
import {
  hasThreadId,
  isExternalConversationKey,
  isGroupOrChannelKey,
  isSyntheticKey,
  isTelegramTopicKey,
} from "../../src/keys/key-protection.ts";

describe("isSyntheticKey", () => {
  test.each([
    "agent:main:subagent:u1",
    "subagent:u1",
    "agent:main:acp:u1",
    "ACP:u1",
    "agent:main:cron:job1:run:r1",
    "agent:main:hook:u1",
    "hook:u1",
    "agent:main:node:phone",
    "node:phone",
    "agent:main:heartbeat",
    "heartbeat",
    "agent:main:main:heartbeat",
    "agent:main:telegram:group:5:heartbeat",
    "agent:main:telegram:group:5:heartbeat:2",
    "agent:main:matrix:channel:!R:Heartbeat",
    // The Kelvin sign is a k in lower case.
    "agent:main:hoo\u212A:u1",
    "agent:main:cron:group:x:thread:5",
  ])("holds for %s", (key) => {
    expect(isSyntheticKey(key)).toBe(true);
  });

  test.each([
    "agent:main:main",
    "agent:main:hook",
    "cron:job1",
    "agent:main:heartbeat-recovered-2026-11-20t08-09-55.426z",
    "agent:main:heartbeat:x",
    "agent:main:dashboard:u1",
    "agent:main:explicit:u1",
    "agent:main:telegram:direct:hook:5",
    "global",
    "",
  ])("does not hold for %j", (key) => {
    expect(isSyntheticKey(key)).toBe(false);
  });
});

describe("isExternalConversationKey", () => {
  test.each([
    "agent:main:telegram:group:-100",
    "agent:main:Discord:Channel:c1",
    "agent:main:matrix:channel:!Room:S",
    "telegram:group:5",
    "agent:main:slack:channel:c1:thread:9",
    "agent:main:slack:direct:u1:Thread:9",
    "agent:main:main:thread:9",
    "agent:thread:main",
    "agent:main:telegram:direct:9:topic:4",
    "agent:main:telegram:dm:9:topic:4",
    "agent:main:dashboard:group:x",
  ])("holds for %s", (key) => {
    expect(isExternalConversationKey(key)).toBe(true);
  });

  test.each([
    "agent:main:main",
    "global",
    "unknown",
    "agent:main:telegram:direct:9",
    "agent:main:slack:room:r1",
    "agent:main:slack:acct:group:5",
    "agent:main:group:5",
    "group:5",
    "thread:5",
    "agent:main:slack:direct:9:thread:",
    "agent:main:slack:direct:9:topic:4",
    "agent:main:telegram:acct:direct:9:topic:4",
    "agent:main:telegram:group",
    "agent:main:telegram:direct:topic:4",
    "agent:main:cron:group:x:thread:5",
    "agent:main:telegram:group:5:heartbeat",
    "1203@g.us",
  ])("does not hold for %s", (key) => {
    expect(isExternalConversationKey(key)).toBe(false);
  });
});

test("the single tests of a key look at one thing each", () => {
  const key = "agent:main:telegram:group:1:topic:7";
  expect([hasThreadId(key), isTelegramTopicKey(key), isGroupOrChannelKey(key)]).toEqual([false, true, true]);
  const thread = "agent:main:slack:room:r1:thread:9";
  expect([hasThreadId(thread), isTelegramTopicKey(thread), isGroupOrChannelKey(thread)]).toEqual([
    true,
    false,
    false,
  ]);
});
