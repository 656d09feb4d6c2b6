import { describe, expect, test } from "vitest";
import { isDirectMessageKey, isOpenClawDirectKey } from "../../src/keys/direct-message-key.ts";

describe("direct messages", () => {
  test.each([
    // key, for this product, for OpenClaw's --fix-dm-scope
    ["agent:main:direct:5", true, true],
    ["agent:main:telegram:direct:5", true, true],
    ["agent:main:Telegram:Acct:DIRECT:5", true, true],
    ["agent:main:telegram:dm:5", true, false],
    ["agent:main:dm:peer:5", true, false],
    ["agent:main:telegram:acct:dm:5", true, false],
    ["agent:main:matrix:direct:@a:server", true, false],
    ["agent:main:direct:a:b:c", true, false],
    ["agent:main:cron:direct:x", false, true],
    ["agent:main:cron:job:direct:x", false, true],
    ["agent:main:hook:direct:x", false, true],
    ["agent:main:telegram:direct:9:thread:4", false, false],
    ["agent:main:telegram:direct:9:topic:4", false, false],
    ["agent:main:telegram:direct:9:heartbeat", false, false],
    ["agent:main:a:b:c:direct:x", false, false],
    ["agent:main:main", false, false],
    ["agent:main:dm:main", false, false],
    ["agent:main:direct", false, false],
    ["agent:main:telegram:group:5", false, false],
    ["agent:main:+15550001", false, false],
    ["telegram:direct:5", false, false],
    ["+15550001", false, false],
  ])("%s: %s, %s", (key, ours, theirs) => {
    expect([isDirectMessageKey(key), isOpenClawDirectKey(key)]).toEqual([ours, theirs]);
  });
});
