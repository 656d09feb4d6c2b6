import { expect, test } from "vitest";
import { sessionChannel } from "../../src/keys/session-channel.ts";

test.each([
  ["agent:main:telegram:direct:7", { channel: "slack" }, "telegram"],
  ["agent:main:slack:channel:c", {}, "slack"],
  ["agent:main:direct:ann", { channel: "Signal " }, "signal"],
  ["agent:main:main", { deliveryContext: { channel: "discord" }, lastChannel: "slack" }, "discord"],
  ["agent:main:main", { lastChannel: "slack" }, "slack"],
  ["agent:main:cron:job", {}, undefined],
  ["agent:main:main", { channel: 7, deliveryContext: "slack" }, undefined],
])("%s with %j", (key, entry, expected) => {
  expect(sessionChannel(key, entry)).toBe(expected);
});
