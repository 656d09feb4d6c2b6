import { expect, test } from "vitest";
import { agentOfKey, wantedKey } from "../../../src/repair/keys/wanted-key.ts";

const rules = { agentId: "work", mainKey: "main", scope: "per-sender", mainAgentMissing: false } as const;

test.each([
  ["main", "agent:work:main"],
  ["agent:work:main", "agent:work:main"],
  ["Agent:Work:Telegram:DM:Ann", "agent:work:telegram:direct:ann"],
  ["agent:work:telegram:dm:7", "agent:work:telegram:direct:7"],
  ["agent:work:telegram:acc:dm:7", "agent:work:telegram:acc:direct:7"],
  ["agent:work:dm:7:thread:9", "agent:work:direct:7:thread:9"],
  ["agent:work:telegram:group:dm", "agent:work:telegram:group:dm"],
  ["agent:work:matrix:channel:!Hall:Example.org", "agent:work:matrix:channel:!Hall:Example.org"],
  ["agent:other:main", "agent:other:main"],
  ["global", "global"],
  ["unknown", "unknown"],
  ["agent:", "agent:"],
  ["", ""],
  ["what is this", "what is this"],
  ["telegram:group:-5", "agent:work:telegram:group:-5"],
  ["agent:work:recovered:s1", "agent:work:recovered:s1"],
])("%j -> %j, and no further", (key, wanted) => {
  expect(wantedKey(key, rules)).toBe(wanted);
  expect(wantedKey(wanted, rules)).toBe(wanted);
});

test("an agent that was renamed, and only that", () => {
  const rename = { from: "work", to: "office" };
  expect(wantedKey("agent:Work:telegram:dm:7", { ...rules, rename })).toBe("agent:office:telegram:direct:7");
  expect(wantedKey("main", { ...rules, rename })).toBe("agent:office:main");
  expect(wantedKey("agent:workshop:main", { ...rules, rename })).toBe("agent:workshop:main");
});

test("the main session of an agent that is not called main", () => {
  expect(wantedKey("agent:main:main", { ...rules, mainAgentMissing: true })).toBe("agent:work:main");
  expect(wantedKey("agent:work:Home", { ...rules, mainKey: "home" })).toBe("agent:work:home");
  expect(wantedKey("main", { ...rules, scope: "global" })).toBe("global");
});

test.each([
  ["agent:Work:main", "work"],
  ["main", undefined],
  ["global", undefined],
])("%j is of agent %j", (key, agentId) => {
  expect(agentOfKey(key)).toBe(agentId);
});
