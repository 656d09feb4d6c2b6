import { expect, test } from "vitest";
import { commonSessionOf } from "../../src/keys/common-session.ts";

test.each([
  ["agent:main:main", "main"],
  ["agent:main:main:thread:5", "main"],
  ["MAIN", "main"],
  ["dm:main", "main"],
  ["global", "global"],
  ["agent:main:discord:room:5", "room"],
  ["agent:main:matrix:bot:room:!hall:example.org", "room"],
])("%s is of %s", (key, session) => {
  expect(commonSessionOf(key)).toBe(session);
});

test.each([
  "agent:main:telegram:direct:main",
  "agent:main:main:heartbeat",
  "agent:main:global",
  "agent:main:cron:room:5",
  "agent:main:discord:channel:room",
  "agent:main:slack:group:5",
  "unknown",
  "",
])("%s is none", (key) => {
  expect(commonSessionOf(key)).toBeUndefined();
});

test("the main session has the name that the settings give it", () => {
  expect(commonSessionOf("agent:work:home", { mainKey: "Home" })).toBe("main");
  expect(commonSessionOf("agent:work:home:base", { mainKey: "home:base" })).toBe("main");
  expect(commonSessionOf("agent:work:main", { mainKey: "home" })).toBe("main");
  expect(commonSessionOf("agent:work:home")).toBeUndefined();
});
