import { memoryFs, memoryHost, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../src/json-value.ts";
import { effectiveSettings } from "../../src/layout/effective-settings.ts";
import { checkOwnSetting, isOwnSetting, singleSettings } from "../../src/layout/own-setting.ts";
import { readSettings } from "../../src/layout/read-settings.ts";

const dir = "/home/user/.openclaw";

function settingsOf(files: Readonly<Record<string, string>>, env: Record<string, string> = {}) {
  const fs = memoryFs();
  writeTree(fs, dir, files);
  const host = { ...memoryHost(fs, 1, 0), env };
  const path = files["openclaw.json"] === undefined ? undefined : `${dir}/openclaw.json`;
  const found = effectiveSettings(host, path, dir);
  const of = (key: string) => {
    const { value, source, origin } = found.find(({ spec }) => spec.path === key) ?? {};
    return { value, source, origin };
  };
  return { of, read: () => readSettings(host, path, dir) };
}

describe("effectiveSettings", () => {
  test("our file wins over OpenClaw's, that over the defaults", () => {
    const { of } = settingsOf({
      "openclaw.json": `{ session: { dmScope: "per-peer", maintenance: { mode: "enforce", maxEntries: 7 } } }`,
      "sessionsmith.json5": `{ session: { maintenance: { maxEntries: 9 } }, lease: { defaultTtl: "2h" } }`,
    });
    const [ours, theirs] = [`${dir}/sessionsmith.json5`, `${dir}/openclaw.json`];
    expect(of("session.maintenance.maxEntries")).toEqual({
      value: 9,
      source: "sessionsmith.json5",
      origin: ours,
    });
    expect(of("lease.defaultTtl")).toEqual({ value: "2h", source: "sessionsmith.json5", origin: ours });
    expect(of("session.maintenance.mode")).toEqual({
      value: "enforce",
      source: "openclaw.json",
      origin: theirs,
    });
    expect(of("session.dmScope")).toEqual({ value: "per-peer", source: "openclaw.json", origin: theirs });
    expect(of("session.scope")).toEqual({ value: "per-sender", source: "default", origin: undefined });
  });

  test("what can't be used does not hold", () => {
    const { of, read } = settingsOf({
      "openclaw.json": `{ session: { maintenance: { maxEntries: 7 } } }`,
      "sessionsmith.json5": `{ session: { maintenance: { maxEntries: -1 } }, lease: { defaultTtl: "soon" } }`,
    });
    expect(of("session.maintenance.maxEntries")).toMatchObject({ value: 7, source: "openclaw.json" });
    expect(of("lease.defaultTtl")).toMatchObject({ value: 3600, source: "default" });
    expect(read().leaseTtlSeconds).toBe(3600);
    expect(new Set(read().findings.map(({ place }) => place.field))).toEqual(
      new Set(["lease.defaultTtl", "session.maintenance.maxEntries"]),
    );
  });

  test("a file of ours that can't be parsed says nothing; the environment has its say", () => {
    const { of } = settingsOf({ "sessionsmith.json5": "{" }, { OPENCLAW_GATEWAY_PORT: "1234" });
    expect(of("lease.defaultTtl")).toMatchObject({ source: "default" });
    expect(of("gateway.port")).toEqual({
      value: 1234,
      source: "environment",
      origin: "OPENCLAW_GATEWAY_PORT",
    });
  });
});

function problemWith(path: string, value: JsonValue): string | undefined {
  const spec = singleSettings.find((one) => one.path === path);
  if (spec === undefined || !isOwnSetting(spec)) throw new Error("no such setting of ours");
  return checkOwnSetting(spec, value);
}

test.each([
  ["lease.defaultTtl", 60],
  ["lease.defaultTtl", "none"],
  ["session.maintenance.mode", "enforce"],
  ["session.maintenance.pruneAfter", "10d"],
] as const)("%s may be %j", (path, value) => {
  expect(problemWith(path, value)).toBeUndefined();
});

test.each([
  ["lease.defaultTtl", "soon", /positive duration/],
  ["session.maintenance.mode", "maybe", /warn/],
  ["session.maintenance.maxEntries", 0, /positive/],
  ["session.maintenance.pruneAfter", "${X}", /duration/],
] as const)("%s can't be %j", (path, value, expected) => {
  expect(problemWith(path, value)).toMatch(expected);
});

test("what OpenClaw reads has its place in its own file", () => {
  expect(singleSettings.filter((spec) => !isOwnSetting(spec)).map(({ path }) => path)).toContain(
    "session.dmScope",
  );
});
