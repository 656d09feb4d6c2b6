import { canonicalizeSessionKey, dmScopes, parseSessionKey } from "@sessionsmith/core";
import { assert, constantFrom, oneof, property, string, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeKeySegment } from "../../src/identity/encode-key-segment.ts";
import { managedKey, type PeerAddress } from "../../src/identity/managed-key.ts";

const agentId = "main";

test.each([
  ["main", {}, "agent:main:main"],
  ["main", { userId: "user-123", channelId: "telegram-456" }, "agent:main:main"],
  ["per-peer", { userId: "user-123" }, "agent:main:direct:user-123"],
  [
    "per-channel-peer",
    { userId: "user-123", channelId: "telegram-456" },
    "agent:main:telegram-456:direct:user-123",
  ],
  ["per-account-channel-peer", { userId: "7", channelId: "signal" }, "agent:main:signal:default:direct:7"],
  [
    "per-account-channel-peer",
    { userId: "7", channelId: "signal", accountId: "Bot 2" },
    "agent:main:signal:~42ot~202:direct:7",
  ],
  ["per-peer", { userId: "@ann:example.org" }, "agent:main:direct:@ann~3aexample.org"],
  ["per-peer", { userId: "Ann" }, "agent:main:direct:~41nn"],
  ["per-peer", { userId: "Ж/~" }, "agent:main:direct:~d0~96~2f~7e"],
  ["per-channel-peer", { userId: "x", channelId: "direct" }, "agent:main:~64irect:direct:~78"],
  ["per-channel-peer", { userId: "x", channelId: "cron" }, "agent:main:~63ron:direct:~78"],
] as const)("scope %s, %j: %s", (scope, address, key) => {
  expect(managedKey({ agentId, scope }, address)).toBe(key);
});

test("the peer counts only where no user is named", () => {
  const policy = { agentId, scope: "per-peer" } as const;
  expect(managedKey(policy, { peerId: "p" })).toBe(managedKey(policy, { userId: "p" }));
  expect(managedKey(policy, { userId: "u", peerId: "p" })).toBe(managedKey(policy, { userId: "u" }));
});

describe("an address that names too little", () => {
  test.each<[PeerAddress, RegExp]>([
    [{ channelId: "c" }, /userId is missing/],
    [{ userId: "u" }, /channelId is missing/],
    [{ userId: "", channelId: "c" }, /userId must not be empty/],
    [{ userId: "\ud800", channelId: "c" }, /userId is not a text/],
    [{ userId: "x".repeat(1100), channelId: "c" }, /too long/],
  ])("%j", (address, message) => {
    const make = () => managedKey({ agentId, scope: "per-channel-peer" }, address);
    expect(make).toThrow(
      expect.objectContaining({ code: "E_USAGE", message: expect.stringMatching(message) }),
    );
  });
});

const words = constantFrom(
  "direct",
  "dm",
  "group",
  "channel",
  "room",
  "thread",
  "topic",
  "main",
  "heartbeat",
  "cron",
  "run",
  "subagent",
  "acp",
  "hook",
  "node",
  "explicit",
  "dashboard",
  "global",
  "peer",
  "agent",
  "matrix",
  "telegram",
  "whatsapp",
  "heartbeat-recovered-1",
  "A",
  "a",
  "~41",
  "~",
  "Σ",
  "σ",
  "ς",
  "İ",
  "i",
  "K",
  "\u212a",
  " a",
  "a ",
  "a:b",
  "a/b",
  "e\u0301",
  "\u00e9",
  "1@g.us",
  "+49",
  "😀",
  "\0",
  "user-123",
);
const name = oneof(words, string({ unit: "binary", minLength: 1, maxLength: 12 }));
const decode = (segment: string) =>
  Buffer.from(
    segment.replaceAll(/~([0-9a-f]{2})|([^~])/g, (_all, hex: string | undefined, char: string) =>
      hex === undefined ? Buffer.from(char, "latin1").toString("hex") : hex,
    ),
    "hex",
  ).toString("utf8");

test("two texts never have the same segment: each can be read back", () => {
  assert(
    property(name, (text) => {
      expect(decode(encodeKeySegment(text, "x"))).toBe(text);
    }),
  );
});

test.each(dmScopes.filter((scope) => scope !== "main"))(
  "scope %s: two people never share a key, and a key is canonical and one of a direct message",
  (scope) => {
    assert(
      property(tuple(name, name, name), tuple(name, name, name), (one, other) => {
        const [mine, theirs] = [one, other].map(([userId, channelId, accountId]) =>
          managedKey({ agentId, scope }, { userId, channelId, accountId }),
        );
        const parts = { "per-peer": 1, "per-channel-peer": 2, "per-account-channel-peer": 3 }[scope];
        const isSame = JSON.stringify(one.slice(0, parts)) === JSON.stringify(other.slice(0, parts));
        expect(mine === theirs).toBe(isSame);
        expect(canonicalizeSessionKey(mine ?? "", { agentId })).toBe(mine);
        const parsed = parseSessionKey(mine ?? "");
        expect(parsed).toMatchObject({ form: "direct", dialect: "direct", threadId: undefined });
        expect(parsed.form === "direct" ? decode(parsed.peer) : undefined).toBe(one[0]);
      }),
    );
  },
);
