import { describe, expect, test } from "vitest";
import type { SessionKeyParts } from "../../src/keys/build-session-key.ts";
import { buildSessionKey } from "../../src/keys/build-session-key.ts";

describe("buildSessionKey", () => {
  test.each<[SessionKeyParts, string]>([
    [{ scope: "main", agentId: "Work" }, "agent:work:main"],
    [{ scope: "main", agentId: "work", mainKey: "Desk" }, "agent:work:desk"],
    [{ scope: "main", agentId: "main", threadId: "1700.1" }, "agent:main:main:thread:1700.1"],
    [{ scope: "per-peer", agentId: "main", peer: "ABC" }, "agent:main:direct:abc"],
    [
      { scope: "per-channel-peer", agentId: "main", channel: "Telegram", peer: "5" },
      "agent:main:telegram:direct:5",
    ],
    [
      { scope: "per-channel-peer", agentId: "main", channel: "matrix", peer: "@a:server" },
      "agent:main:matrix:direct:@a:server",
    ],
    [
      { scope: "per-account-channel-peer", agentId: "main", channel: "slack", accountId: "Acct", peer: "U1" },
      "agent:main:slack:acct:direct:u1",
    ],
    [{ scope: "group", agentId: "main", channel: "signal", id: "AbC=" }, "agent:main:signal:group:AbC="],
    [
      { scope: "group", agentId: "main", channel: "telegram", id: "-100", topicId: "7" },
      "agent:main:telegram:group:-100:topic:7",
    ],
    [
      { scope: "channel", agentId: "main", channel: "matrix", id: "!R:S", threadId: "$Ev" },
      "agent:main:matrix:channel:!R:S:thread:$Ev",
    ],
  ])("%j", (parts, key) => {
    expect(buildSessionKey(parts)).toEqual({ ok: true, key });
  });

  test.each<[string, SessionKeyParts]>([
    ["an empty peer", { scope: "per-peer", agentId: "main", peer: " " }],
    ["an empty channel", { scope: "per-channel-peer", agentId: "main", channel: "", peer: "5" }],
    [
      "a channel that hides an account",
      { scope: "per-channel-peer", agentId: "main", channel: "a:b", peer: "5" },
    ],
    [
      "a channel named like a machine's keys",
      { scope: "per-channel-peer", agentId: "main", channel: "cron", peer: "5" },
    ],
    [
      "an account named like a marker",
      { scope: "per-account-channel-peer", agentId: "main", channel: "t", accountId: "direct", peer: "5" },
    ],
    ["a peer that ends in a thread", { scope: "per-peer", agentId: "main", peer: "5:thread:6" }],
    ["a peer called heartbeat", { scope: "per-peer", agentId: "main", peer: "heartbeat" }],
    ["a peer with an empty segment", { scope: "per-peer", agentId: "main", peer: "a::b" }],
    [
      "a topic that Telegram does not have",
      { scope: "group", agentId: "main", channel: "slack", id: "c1", topicId: "7" },
    ],
    ["an empty thread", { scope: "group", agentId: "main", channel: "slack", id: "c1", threadId: "" }],
    ["a main key that is another session", { scope: "main", agentId: "main", mainKey: "cron:x" }],
  ])("refuses %s", (_, parts) => {
    expect(buildSessionKey(parts)).toMatchObject({ ok: false });
  });
});
