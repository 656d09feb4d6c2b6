import { describe, expect, test } from "vitest";
import { normalizeMainKey, parseSessionKey } from "../../src/keys/parse-session-key.ts";

const none = { channel: undefined, accountId: undefined };

describe("parseSessionKey", () => {
  test("gives the whole frame of a key", () => {
    expect(parseSessionKey("Agent:Main:Telegram:Group:-100:Topic:7")).toEqual({
      key: "Agent:Main:Telegram:Group:-100:Topic:7",
      agentId: "main",
      rest: "telegram:group:-100:topic:7",
      threadId: undefined,
      topicId: "7",
      form: "conversation",
      word: "group",
      channel: "telegram",
      accountId: undefined,
      id: "-100",
    });
  });

  test.each([
    ["agent:work:main", { form: "main", agentId: "work" }],
    ["main", { form: "main", agentId: undefined }],
    ["agent:main:main:thread:1700.1", { form: "main", threadId: "1700.1" }],
    ["agent:main:dm:main", { form: "main" }],
    ["agent:main:direct:555", { form: "direct", dialect: "direct", ...none, peer: "555" }],
    [
      "agent:main:telegram:direct:555",
      { form: "direct", channel: "telegram", accountId: undefined, peer: "555" },
    ],
    [
      "agent:main:telegram:acct1:direct:555",
      { form: "direct", channel: "telegram", accountId: "acct1", peer: "555" },
    ],
    ["agent:main:matrix:direct:@a:server", { form: "direct", channel: "matrix", peer: "@a:server" }],
    [
      "agent:main:matrix:acct:direct:@a:server:8448",
      { form: "direct", accountId: "acct", peer: "@a:server:8448" },
    ],
    ["agent:main:telegram:direct:9:thread:4", { form: "direct", peer: "9", threadId: "4" }],
    ["agent:main:telegram:dm:123456", { form: "direct", dialect: "dm", channel: "telegram", peer: "123456" }],
    ["agent:a:telegram:acct:dm:peer", { form: "direct", dialect: "dm", accountId: "acct", peer: "peer" }],
    ["agent:main:dm:peer:U42", { form: "direct", dialect: "dm", ...none, peer: "u42" }],
    ["agent:main:telegram:dm:77:u42", { form: "direct", dialect: "dm", channel: "telegram", peer: "77:u42" }],
    ["agent:main:telegram:direct:9:topic:3", { form: "direct", peer: "9", topicId: "3" }],
    ["agent:main:direct:direct:x", { form: "direct", ...none, peer: "direct:x" }],
    [
      "agent:main:discord:channel:c1:thread:48",
      { form: "conversation", word: "channel", id: "c1", threadId: "48" },
    ],
    [
      "agent:main:telegram:group:1:topic:7:thread:9",
      { form: "conversation", id: "1", topicId: "7", threadId: "9" },
    ],
    ["agent:main:feishu:group:1:topic:7", { form: "conversation", id: "1:topic:7", topicId: undefined }],
    [
      "agent:main:slack:channel:c:thread:1:thread: 2",
      { form: "conversation", id: "c:thread:1", threadId: "2" },
    ],
    ["agent:main:telegram:group:topic:7", { form: "conversation", id: "topic:7", topicId: undefined }],
    ["agent:main:telegram:dm:peer:5", { form: "direct", peer: "peer:5" }],
    ["agent:main:slack:room:R1", { form: "conversation", word: "room", channel: "slack", id: "r1" }],
    [
      "agent:main:discord:acct:group:5",
      { form: "conversation", channel: "discord", accountId: "acct", id: "5" },
    ],
    [
      "agent:main:matrix:channel:!Room:S:thread:$Ev",
      { form: "conversation", id: "!Room:S", threadId: "$Ev" },
    ],
    ["agent:main:cron:job1", { form: "cron", jobId: "job1", runId: undefined }],
    ["agent:main:cron:job1:run:r-1", { form: "cron", jobId: "job1", runId: "r-1" }],
    ["agent:main:cron:job1:run:r-1:tail", { form: "cron", jobId: "job1", runId: "r-1" }],
    ["agent:main:cron:job1:run", { form: "cron", jobId: "job1", runId: undefined }],
    ["agent:main:cron:direct:x", { form: "cron", jobId: "direct" }],
    ["agent:main:cron:job1:tail:x", { form: "cron", jobId: "job1", runId: undefined }],
    ["agent:main:subagent:u1", { form: "subagent", id: "u1", depth: 1 }],
    ["agent:main:subagent:u1:subagent:u2", { form: "subagent", id: "u2", depth: 2 }],
    ["subagent:u1", { form: "subagent", agentId: undefined, id: "u1", depth: 1 }],
    ["acp:claude:u1", { form: "acp", agentId: undefined, id: "claude:u1" }],
    ["agent:main:acp:u1", { form: "acp", agentId: "main", id: "u1" }],
    ["agent:main:hook:u1", { form: "hook", id: "u1" }],
    ["agent:main:node:phone", { form: "node", id: "phone" }],
    ["agent:main:dashboard:u1", { form: "dashboard", id: "u1" }],
    ["agent:main:explicit:model-run-u1", { form: "explicit", id: "model-run-u1" }],
    ["agent:main:heartbeat", { form: "heartbeat", base: undefined }],
    ["agent:main:main:heartbeat", { form: "heartbeat", base: "main" }],
    ["agent:main:telegram:direct:9:thread:4:heartbeat", { form: "heartbeat", threadId: undefined }],
    ["agent:main:heartbeat:x:heartbeat:2", { form: "heartbeat", base: "heartbeat:x" }],
    [
      "agent:main:heartbeat-recovered-2026-11-20t08-09-55.426z",
      { form: "heartbeat-recovered", stamp: "2026-11-20t08-09-55.426z" },
    ],
    ["Global", { form: "sentinel", name: "global" }],
    ["unknown", { form: "sentinel", name: "unknown" }],
    ["agent:main:global", { form: "unknown", why: "unrecognised" }],
    ["+15550001", { form: "direct", dialect: "bare", ...none, peer: "+15550001" }],
    ["group:5", { form: "conversation", word: "group", ...none, id: "5" }],
    ["telegram:group:5", { form: "conversation", agentId: undefined, channel: "telegram", id: "5" }],
    ["120363@g.us", { form: "conversation", word: "group", channel: "whatsapp", id: "120363@g.us" }],
    ["whatsapp:120363@g.us", { form: "conversation", word: "group", channel: "whatsapp", id: "120363@g.us" }],
    ["group:120363@g.us", { form: "conversation", channel: "whatsapp", id: "120363@g.us" }],
    ["", { form: "unknown", why: "empty", rest: "" }],
    ["agent:main", { form: "unknown", why: "malformed-agent", rest: "main" }],
    ["agent:main:web:nofile", { form: "unknown", why: "unrecognised", rest: "web:nofile" }],
    ["agent:main:telegram:group", { form: "unknown", why: "unrecognised" }],
    ["agent:main:a:b:c:direct:x", { form: "unknown", why: "unrecognised" }],
    ["agent:main:thread:5", { form: "unknown", threadId: "5" }],
    ["agent:main:__proto__", { form: "unknown", rest: "__proto__" }],
  ])("%j", (key, parts) => {
    expect(parseSessionKey(key)).toMatchObject(parts);
  });

  test("understands the configured main key beside the word main", () => {
    expect(parseSessionKey("agent:main:Desk", { mainKey: " DESK " }).form).toBe("main");
    expect(parseSessionKey("agent:main:main", { mainKey: "desk" }).form).toBe("main");
    expect(parseSessionKey("agent:main:desk").form).toBe("unknown");
  });
});

describe("normalizeMainKey", () => {
  test.each([
    [undefined, "main"],
    ["  ", "main"],
    [" My Desk ", "my desk"],
    ["a:: b:", "a:b"],
  ])("%j becomes %j", (text, mainKey) => {
    expect(normalizeMainKey(text)).toBe(mainKey);
  });
});
