import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MaterializedCase, materializeCase } from "@sessionsmith/testkit";
import { runBin } from "./run-bin.ts";
import type { Ended } from "./run-bin.ts";
import { namesIn, treeOf } from "./tree-of.ts";

let store: MaterializedCase;
beforeEach(() => {
  store = materializeCase("openclaw-2026.5.28-one-agent");
});
afterEach(() => store.dispose());

function run(...argv: readonly string[]): Promise<Ended> {
  // Port 9 (discard) answers nowhere, whatever runs on this machine.
  const env = { OPENCLAW_STATE_DIR: store.stateDir, OPENCLAW_GATEWAY_PORT: "9" };
  return runBin(argv, { now: store.now, env });
}

function settingsPath(): string {
  return join(store.stateDir, "sessionsmith.json5");
}

function writeSettings(text: string): void {
  writeFileSync(settingsPath(), text);
}

function writeRules(...rules: readonly string[]): void {
  writeSettings(`{ session: { maintenance: { rules: [${rules.join(", ")}] } } }`);
}

async function preview(...argv: readonly string[]): Promise<ReturnType<typeof JSON.parse>> {
  const { status, stdout, stderr } = await run(
    "cleanup",
    "--dry-run",
    "--json",
    "--details",
    "--quiet",
    ...argv,
  );
  expect([status, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

const pinned = "agent:main:telegram:acct3:direct:9207";
const dashboard = "agent:main:dashboard:a5cb88bb-aef7-4713-a093-777c35fa296f";
const dashboardId = "4d2177a3-740b-42c4-aa9b-4485cb996883";
const rules = [
  `{ match: { key: "${pinned}" }, pin: true }`,
  `{ match: { key: "*:cron:*:run:*" }, pruneAfter: "12h" }`,
  `{ match: { kind: "dashboard" }, pruneAfter: "7d", stage: "metadata" }`,
  `{ match: { kind: "direct", channel: "slack" }, maxEntries: 2 }`,
] as const;

describe("settings that are not as they must be", () => {
  test.each([
    [
      `{ session: { maintenance: { rules: [{ match: { key: "*" }, prune: "2d" }] } } }`,
      "rules[0].prune: settings-unknown-key",
    ],
    [
      `{ session: { maintenance: { rules: [{ match: { key: "*" }, pruneAfter: "2w" }] } } }`,
      "rules[0].pruneAfter: settings-invalid-value, expected a positive duration",
    ],
    [`{ session: { maintenance: { maxEntries: 0 } } }`, "maxEntries: settings-invalid-value"],
    [`{ session: {`, "settings-unreadable: "],
  ])("%s: exit 2 for what removes, a finding for what reads", async (text, problem) => {
    const plan = join(store.stateDir, "../plan.json");
    expect((await run("cleanup", "--plan-out", plan)).status).toBe(0);
    writeSettings(text);
    const before = treeOf(store.stateDir);
    for (const command of [
      ["cleanup", "--enforce"],
      ["cleanup", "--dry-run"],
      ["apply", plan],
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- on one store, one after the other
      const ended = await run(...command);
      expect(ended).toMatchObject({ status: 2, stdout: "" });
      expect(ended.stderr).toContain(
        `The settings in ${settingsPath()} can't be relied on. Nothing was changed.`,
      );
      expect(ended.stderr).toContain(problem);
    }
    expect(treeOf(store.stateDir)).toEqual(before);
    const list = await run("list", "--verbose");
    expect(list.status).toBe(0);
    expect(list.stderr).toContain(`path=${settingsPath()}`);
  });
});

test("a file that says nothing makes the same plan as no file, one that says something another", async () => {
  const { digest } = await preview();
  writeSettings("// nothing yet\n{}\n");
  expect((await preview()).digest).toBe(digest);
  writeRules(...rules);
  expect((await preview()).digest).not.toBe(digest);
});

test("flags win over our own file, that over openclaw.json", async () => {
  writeSettings(`{ session: { maintenance: { pruneAfter: "60d", mode: "enforce" } } }`);
  expect(await preview()).toMatchObject({
    mode: "enforce",
    thresholds: { pruneAfterMs: 60 * 86_400_000 },
    pruned: 0,
  });
  expect(await preview("--older-than", "30d")).toMatchObject({ pruned: 7 });
});

test("a preview says which rule decided", async () => {
  writeRules(...rules);
  const shown = await preview();
  expect(shown).toMatchObject({
    beforeCount: 34,
    afterCount: 26,
    pruned: 6,
    capped: 2,
    staged: 4,
    repaired: 0,
  });
  const reasons = new Map(
    shown.decisions.map((one: { key: string; reasons: readonly string[] }) => [one.key, one.reasons]),
  );
  expect(reasons.get(pinned)).toEqual(["rule:1", "older-than-prune-after", "protected:pinned"]);
  expect(reasons.get(dashboard)).toEqual(["rule:3", "older-than-prune-after", "stage:metadata"]);
  const { stdout } = await run("cleanup", "--dry-run", "--verbose");
  expect(stdout).toContain("Would keep as metadata only: 4\n");
  expect(stdout).toContain("rule:1, older-than-prune-after, protected:pinned");
});

describe("enforce", () => {
  beforeEach(() => writeRules(...rules));

  test("keeps rows as metadata only, is done after one run, and undo brings every byte back", async () => {
    const before = treeOf(store.stateDir);
    const { status, stdout } = await run("cleanup", "--enforce", "--json");
    expect(status).toBe(0);
    const done = JSON.parse(stdout);
    expect(done).toMatchObject({ afterCount: 26, staged: 4, applied: true, errors: [] });
    const index = JSON.parse(readFileSync(store.indexPath(), "utf8"));
    expect(index[pinned]).toBeDefined();
    expect(index[dashboard].pluginExtensions).toEqual({
      sessionsmith: { stage: { kept: "metadata", transcript: `${dashboardId}.jsonl` } },
    });
    const names = namesIn(dirname(store.indexPath()));
    expect(names).toContain(`${dashboardId}.jsonl.deleted.STAMP`);
    expect(names).not.toContain(`${dashboardId}.jsonl`);
    expect(await preview()).toMatchObject({ wouldMutate: false, staged: 0 });
    expect(await run("undo", done.operationId)).toMatchObject({ status: 0, stderr: "" });
    expect(treeOf(store.stateDir)).toEqual(before);
  });

  test("a saved plan does the same", async () => {
    const plan = join(store.stateDir, "../plan.json");
    expect((await run("cleanup", "--plan-out", plan)).status).toBe(0);
    expect(await run("apply", plan)).toMatchObject({ status: 0, stderr: "" });
    expect(namesIn(dirname(store.indexPath()))).toContain(`${dashboardId}.jsonl.deleted.STAMP`);
    expect(await preview()).toMatchObject({ wouldMutate: false });
  });
});
