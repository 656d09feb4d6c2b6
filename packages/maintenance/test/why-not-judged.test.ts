import { expect, test } from "vitest";
import { whyNotJudged } from "../src/why-not-judged.ts";
import { aSnapshot } from "./snapshot-builder.ts";

const workOnly = { shared: true, agentId: "work", onlyAgentRows: true } as const;

test.each([
  ["an ordinary row", '{"agent:main:x":{"updatedAt":1}}', {}, undefined],
  ["a row that is no object", '{"agent:main:x":[]}', {}, "row-not-understood"],
  ["a key that stands twice with other values", '{"a":{"n":1},"a":{"n":2}}', {}, "row-not-understood"],
  ["a key that stands twice with the same value", '{"a":{"n":1},"a":{"n":1}}', {}, undefined],
  ["a row of the agent that was asked for", '{"agent:Work:x":{}}', workOnly, undefined],
  ["a row of another agent", '{"agent:main:x":{}}', workOnly, "other-agent"],
  ["a row of no agent", '{"global":{}}', workOnly, "other-agent"],
  [
    "any row of a shared index, if no agent was asked for",
    '{"agent:main:x":{}}',
    { shared: true, agentId: "work" },
    undefined,
  ],
])("%s", (_name, index, target, why) => {
  const { rows, target: store } = aSnapshot({ index, target });
  const [facts] = rows;
  if (facts === undefined) throw new Error("the test store has no row");
  expect(whyNotJudged(facts, store)).toBe(why);
});
