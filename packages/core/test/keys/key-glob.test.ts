import { expect, test } from "vitest";
import { keyGlob } from "../../src/keys/key-glob.ts";

test.each([
  ["*", "agent:main:main", true],
  ["*", "", true],
  ["*:cron:*:run:*", "agent:main:cron:job:1:run:9", true],
  ["*:cron:*:run:*", "agent:main:cron:job", false],
  ["agent:main:telegram:direct:?", "agent:main:telegram:direct:7", true],
  ["agent:main:telegram:direct:?", "agent:main:telegram:direct:77", false],
  ["?", "🦊", true],
  ["agent:main:main", "agent:main:main:heartbeat", false],
  // Nothing but the two stands for anything else than itself.
  ["agent:.*", "agent:main", false],
  ["agent:[a-z]", "agent:m", false],
  ["a(", "a(", true],
  // Keys are kept in small letters, whoever wrote them.
  ["*:Telegram:*", "agent:main:telegram:direct:7", true],
  ["*:telegram:*", "agent:main:Telegram:direct:7", true],
  // The ids of Matrix rooms and Signal groups are told apart by case.
  ["agent:main:matrix:channel:!AbC", "agent:main:matrix:channel:!AbC", true],
  ["*:matrix:channel:!AbC", "agent:main:matrix:channel:!AbC", true],
  ["*:matrix:channel:!abc", "agent:main:matrix:channel:!AbC", false],
  ["*:signal:group:AbC=", "agent:main:signal:group:AbC=", true],
])("%j on %j: %j", (glob, key, expected) => {
  expect(keyGlob(glob)(key)).toBe(expected);
});
