import { expect, test } from "vitest";
import { agentOfKey, modernKey } from "../../src/keys/legacy-key.ts";

const rules = { agentId: "main" };

test.each([
  ["agent:main:telegram:dm:123", "agent:main:telegram:direct:123"],
  ["agent:main:dm:Ann", "agent:main:direct:ann"],
  ["agent:main:slack:acct:dm:U1", "agent:main:slack:acct:direct:u1"],
  ["agent:main:dm:main", "agent:main:dm:main"],
  ["telegram:group:5", "agent:main:telegram:group:5"],
  ["main", "agent:main:main"],
  ["global", "global"],
  ["agent:work:main", "agent:work:main"],
])("%s is spelled %s", (key, modern) => {
  expect(modernKey(key, rules)).toBe(modern);
});

test("text without a segment, and text that no row may have as its key, is no key", () => {
  expect(modernKey(" : ", rules)).toBeUndefined();
  expect(modernKey("x".repeat(2000), rules)).toBeUndefined();
});

test("the agent of a key, or the one that is meant", () => {
  expect(agentOfKey("agent:work:main", rules)).toBe("work");
  expect(agentOfKey("global", { agentId: "ops" })).toBe("ops");
});
