import { expect, test } from "vitest";
import { recogniseId } from "../../src/keys/recognise-id.ts";

test.each([
  ["telegram-111", "agent:main:telegram:direct:111"],
  ["telegram:-100200", "agent:main:telegram:group:-100200"],
  ["discord-42", "agent:main:discord:channel:42"],
  ["slack-D12", "agent:main:slack:direct:D12"],
  ["whatsapp:123@g.us", "agent:main:whatsapp:group:123@g.us"],
  ["work-main", "agent:work:main"],
  ["heartbeat-work", "agent:work:main:heartbeat"],
  ["cli-session", "agent:main:explicit:cli-session"],
  ["cli-0a1b2c3d", "agent:main:explicit:cli-0a1b2c3d"],
  ["cron:nightly", "agent:main:cron:nightly"],
  ["work:cron:nightly:2", "agent:work:cron:nightly:2"],
  ["agent:work:main", "agent:work:main"],
])("%s is %s", (id, key) => {
  expect(recogniseId(id, "main")).toBe(key);
});

test.each(["happy-dog-42", "api-1739541713.25", "cli-nothex99", "telegram-", "", "-main", "bad id:cron:x"])(
  "%s tells nothing",
  (id) => {
    expect(recogniseId(id, "main")).toBeUndefined();
  },
);
