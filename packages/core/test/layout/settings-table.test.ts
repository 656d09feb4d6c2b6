import { describe, expect, test } from "vitest";
import {
  membersInTable,
  type SettingSpec,
  settingsTable,
  unreadSessionKeys,
} from "../../src/layout/settings-table.ts";

const specs: readonly SettingSpec[] = Object.values(settingsTable);

describe("settingsTable", () => {
  test("names every path once", () => {
    const paths = specs.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  test.each(specs.filter(({ type }) => type === "choice"))("says of $path what it may be", (spec) => {
    const { choices = [], default: standard, range } = spec;
    for (const choice of choices) expect(range).toContain(`"${choice}"`);
    expect([null, ...choices]).toContain(standard);
  });

  test.each(specs)("describes $path in sentences", ({ summary, range }) => {
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect(range).toMatch(/^["a-z].*[^.]$/);
  });
});

describe("membersInTable", () => {
  test.each([
    ["session", ["dmScope", "identityLinks", "mainKey", "maintenance", "scope", "store"]],
    ["agents", ["defaults", "list"]],
    ["agents.defaults", ["contextTokens", "model"]],
    ["bindings[].session", ["dmScope"]],
    ["sess", []],
  ])("%s", (parent, names) => {
    expect([...membersInTable(parent)].toSorted()).toEqual(names);
  });

  test("no key of session is both read and unread", () => {
    expect(unreadSessionKeys.filter((key) => membersInTable("session").has(key))).toEqual([]);
  });
});
