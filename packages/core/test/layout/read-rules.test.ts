import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/findings/finding.ts";
import type { JsonValue } from "../../src/json-value.ts";
import { readRules } from "../../src/layout/read-rules.ts";
import { rulesTable } from "../../src/layout/rules-table.ts";
import type { SettingSpec } from "../../src/layout/settings-table.ts";

const path = "session.maintenance";

function read(rules: JsonValue) {
  const findings: Finding[] = [];
  const found = readRules({ path, members: { rules } }, { file: "/sessionsmith.json5", findings });
  return {
    rules: found,
    problems: findings.map(({ id, place }) => [id, place.field?.slice(path.length + 1)]),
  };
}

const hourMs = 3_600_000;
const match = { key: "*:cron:*" };

describe("readRules", () => {
  test("reads every key, in the order of the file", () => {
    const written = [
      {
        match: { key: " *:cron:* ", kind: "cron-run", channel: "Slack", agent: "Work", label: "Ann" },
        pruneAfter: "2d",
        maxEntries: 9,
        keepNewest: 9,
        stage: "metadata",
      },
      { match: { kind: "spawn-child" }, pin: true },
      { match, keepNewest: 1, stage: "full" },
      { match, stage: "metadata" },
    ];
    expect(read(written)).toEqual({
      rules: [
        {
          match: { key: "*:cron:*", kind: "cron-run", channel: "slack", agent: "work", label: "Ann" },
          pruneAfterMs: 48 * hourMs,
          maxEntries: 9,
          keepNewest: 9,
          stage: "metadata",
        },
        { match: { kind: "spawn-child" }, pin: true, stage: "full" },
        { match, keepNewest: 1, stage: "full" },
        { match, stage: "metadata" },
      ],
      problems: [],
    });
    expect(read([])).toEqual({ rules: [], problems: [] });
  });

  test.each<[JsonValue, string, string]>([
    [{}, "settings-invalid-value", "rules"],
    ["*", "settings-invalid-value", "rules"],
    [["*"], "settings-invalid-value", "rules[0]"],
    [[{ match, pruneAfter: "2w" }], "settings-invalid-value", "rules[0].pruneAfter"],
    [[{ match, pruneAfter: 0 }], "settings-invalid-value", "rules[0].pruneAfter"],
    [[{ match, pruneAfter: "-1d" }], "settings-invalid-value", "rules[0].pruneAfter"],
    [[{ match, pruneAfter: false }], "settings-invalid-value", "rules[0].pruneAfter"],
    [[{ match, maxEntries: 0 }], "settings-invalid-value", "rules[0].maxEntries"],
    [[{ match, maxEntries: "5" }], "settings-invalid-value", "rules[0].maxEntries"],
    [[{ match, keepNewest: -1 }], "settings-invalid-value", "rules[0].keepNewest"],
    [[{ match, keepNewest: 1.5 }], "settings-invalid-value", "rules[0].keepNewest"],
    [[{ match, keepNewest: 5, maxEntries: 4 }], "settings-invalid-value", "rules[0].keepNewest"],
    [[{ match, pin: false }], "settings-invalid-value", "rules[0].pin"],
    [[{ match, pin: "yes" }], "settings-invalid-value", "rules[0].pin"],
    [[{ match, pin: true, pruneAfter: "1d" }], "settings-invalid-value", "rules[0].pin"],
    [[{ match, pin: true, stage: "full" }], "settings-invalid-value", "rules[0].pin"],
    [[{ match, stage: "half" }], "settings-invalid-value", "rules[0].stage"],
    [[{ match, pruneAfter: "1d", stages: "full" }], "settings-unknown-key", "rules[0].stages"],
    [[{ match, pruneDays: 1, pin: true }], "settings-unknown-key", "rules[0].pruneDays"],
    [[{ match, pruneAfter: "${AGE}" }], "settings-variable", "rules[0].pruneAfter"],
    // Without an effect.
    [[{ match }], "settings-invalid-value", "rules[0]"],
    [[{ match, stage: "full" }], "settings-invalid-value", "rules[0]"],
    // Without a match.
    [[{ pruneAfter: "1d" }], "settings-invalid-value", "rules[0].match"],
    [[{ match: {}, pruneAfter: "1d" }], "settings-invalid-value", "rules[0].match"],
    [[{ match: "*", pruneAfter: "1d" }], "settings-invalid-value", "rules[0].match"],
    [[{ match: { key: "" }, pin: true }], "settings-invalid-value", "rules[0].match.key"],
    [[{ match: { key: "${KEY}" }, pin: true }], "settings-variable", "rules[0].match.key"],
    [[{ match: { key: ["*"] }, pin: true }], "settings-invalid-value", "rules[0].match.key"],
    [[{ match: { kind: "cronjob" }, pin: true }], "settings-invalid-value", "rules[0].match.kind"],
    [[{ match: { channel: " " }, pin: true }], "settings-invalid-value", "rules[0].match.channel"],
    [[{ match: { agent: "*" }, pin: true }], "settings-invalid-value", "rules[0].match.agent"],
    [[{ match: { label: 7 }, pin: true }], "settings-invalid-value", "rules[0].match.label"],
    [[{ match: { keys: "*" }, pin: true }], "settings-unknown-key", "rules[0].match.keys"],
    [[{ match: { $include: "x" }, pin: true }], "settings-include", "rules[0].match.$include"],
  ])("%j is refused", (rules, id, field) => {
    expect(read(rules)).toEqual({ rules: [], problems: [[id, field]] });
  });

  test("an $include beside the effects is reported", () => {
    const { problems } = read([{ match, pruneAfter: "1d", $include: "x" }]);
    expect(problems).toEqual([["settings-include", "rules[0].$include"]]);
  });

  test("a rule with a problem is left out, the others keep their place in the findings", () => {
    expect(
      read([
        { match, pin: true },
        { match, pin: 1 },
      ]),
    ).toEqual({
      rules: [{ match, pin: true, stage: "full" }],
      problems: [["settings-invalid-value", "rules[1].pin"]],
    });
  });
});

describe("rulesTable", () => {
  const specs: readonly SettingSpec[] = Object.values(rulesTable);
  test.each(specs)("describes $path in sentences", ({ summary, range }) => {
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect(range).toMatch(/^["a-z].*[^.]$/);
  });
});
