import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fixturesDir, type MaterializedCase, materializeCase } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { textWidth } from "../src/render/text-width.ts";
import { runCli } from "./fake-io.ts";
import { bareHost } from "./store-dirs.ts";

let store: MaterializedCase;
const workspace = () => join(store.stateDir, "work");
beforeEach(() => {
  store = materializeCase("openclaw-2026.5.28-two-agents");
  mkdirSync(workspace());
  cpSync(join(fixturesDir, "legacy/openclaw-python-ws2/before"), workspace(), { recursive: true });
});
afterEach(() => store.dispose());

async function tableOf(words: readonly string[], header: RegExp, columns?: number) {
  const host = {
    ...bareHost({ path: store.stateDir, dispose: store.dispose }),
    clock: { now: () => store.now },
  };
  const { stdout } = await runCli([...words, "--no-color", "--state-dir", store.stateDir], {
    host,
    ...(columns === undefined ? {} : { columns }),
  });
  const lines = stdout.split("\n");
  const start = lines.findIndex((line) => header.test(line));
  const end = lines.indexOf("", start);
  return start < 0 ? [] : lines.slice(start, end);
}

describe("a table fits a terminal of 80 columns, and its keys stay distinct", () => {
  test.each([
    [["list"], /^Kind +Key/],
    [["list", "--titles", "--previews"], /Key .*Title/],
    [["list", "--all-agents", "--titles", "--previews"], /^Agent .*Title/],
    [["cleanup", "--dry-run", "--verbose"], /^Action/],
    [["freshness", "--idle-reset", "1"], /^Key/],
    [["repair", "--paths"], /^Repair/],
    [["repair"], /^Repair/],
    [["check", "--verbose"], /^Severity/],
    [["migrate", "detect", "work"], /^Dialect/],
  ] as const)("%j", async ([...words], header) => {
    const argv = words.map((word) => (word === "work" ? workspace() : word));
    const table = await tableOf(argv, header, 80);
    expect(table.length).toBeGreaterThan(2);
    expect(table.filter((line) => textWidth(line) > 80)).toEqual([]);
    const wide = await tableOf(argv, header);
    expect(new Set(table).size).toBe(new Set(wide).size);
  });
});
