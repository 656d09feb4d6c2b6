import type { RetentionRule, RuleMatch } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { ruleFinder } from "../src/match-rules.ts";
import { aSnapshot } from "./snapshot-builder.ts";

/** The reason of the rule that decides on a row; `parsed` counts how often it had to be parsed. */
function ruleFor(rules: readonly RetentionRule[], key: string, row: object = {}) {
  const [facts] = aSnapshot({ rows: { [key]: row } }).rows;
  if (facts === undefined) throw new Error("no row");
  let parsed = 0;
  const entryOf = () => {
    parsed += 1;
    return { ...row };
  };
  const find = ruleFinder(rules, { agentId: "main", mainKey: "hall", entryOf });
  return { reason: find(facts)?.reason, again: find(facts)?.reason, parsed };
}

function rule(match: RuleMatch): RetentionRule {
  return { match, pruneAfterMs: 1, stage: "full" };
}

describe("ruleFinder", () => {
  test.each<[RuleMatch, string, object, boolean]>([
    [{ key: "*:direct:*" }, "agent:main:direct:ann", {}, true],
    [{ key: "*:direct:*" }, "agent:main:group:ann", {}, false],
    [{ kind: "cron-run" }, "agent:main:cron:job:run:1", {}, true],
    [{ kind: "cron" }, "agent:main:cron:job:run:1", {}, false],
    [{ kind: "main" }, "agent:main:hall", {}, true],
    [{ kind: "spawn-child" }, "agent:main:direct:1", { spawnedBy: "agent:main:main" }, true],
    [{ kind: "spawn-child" }, "agent:main:direct:1", { spawnedBy: "" }, false],
    [{ kind: "direct" }, "agent:main:direct:1", { spawnedBy: "agent:main:main" }, true],
    [{ channel: "telegram" }, "agent:main:telegram:direct:1", {}, true],
    [{ channel: "telegram" }, "agent:main:direct:1", { lastChannel: "Telegram" }, true],
    [{ channel: "telegram" }, "agent:main:direct:1", {}, false],
    [{ agent: "work" }, "agent:work:direct:1", {}, true],
    [{ agent: "main" }, "direct:1", {}, true],
    [{ agent: "work" }, "direct:1", {}, false],
    [{ label: "Ann" }, "agent:main:direct:1", { label: " Ann " }, true],
    [{ label: "Ann" }, "agent:main:direct:1", { label: "ann" }, false],
    [{ label: "Ann" }, "agent:main:direct:1", { origin: { label: "Ann" } }, false],
    [{ key: "*", kind: "direct", agent: "work" }, "agent:work:direct:1", {}, true],
    [{ key: "*", kind: "group", agent: "work" }, "agent:work:direct:1", {}, false],
  ])("%j on %s %j: %j", (match, key, row, expected) => {
    expect(ruleFor([rule(match)], key, row).reason).toBe(expected ? "rule:1" : undefined);
  });

  test("the first rule that matches counts, and the list is gone through once", () => {
    const rules = [rule({ kind: "group" }), rule({ label: "Ann" }), rule({ key: "*" })];
    expect(ruleFor(rules, "agent:main:direct:1", { label: "Ann" })).toEqual({
      reason: "rule:2",
      again: "rule:2",
      parsed: 1,
    });
    expect(ruleFor(rules, "agent:main:direct:1").reason).toBe("rule:3");
  });

  test("a row is parsed only if its key leaves it open", () => {
    expect(ruleFor([rule({ label: "Ann", key: "*:group:*" })], "agent:main:direct:1").parsed).toBe(0);
    expect(ruleFor([], "agent:main:direct:1")).toEqual({ reason: undefined, again: undefined, parsed: 0 });
  });
});
