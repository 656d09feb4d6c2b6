import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  listStoreCases,
  type MaterializedCase,
  materializeCase,
  readRecordedCleanup,
} from "@sessionsmith/testkit";
import { runBin } from "./run-bin.ts";
import type { Ended } from "./run-bin.ts";
import { treeOf } from "./tree-of.ts";

function runIn(store: MaterializedCase, argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  // Port 9 (discard) answers nowhere, whatever runs on this machine.
  const state = { OPENCLAW_STATE_DIR: store.stateDir, OPENCLAW_GATEWAY_PORT: "9" };
  return runBin(argv, { now: store.now, env: { ...state, ...env } });
}

describe("cleanup --fix-dm-scope under openclaw-2026.5", () => {
  test.each(listStoreCases())("retires as many rows of %s as OpenClaw did", async (name) => {
    const store = materializeCase(name);
    try {
      const orders = ["--fix-dm-scope", "--dry-run", "--preset", "openclaw-2026.5"];
      const { status, stdout } = await runIn(store, ["cleanup", ...orders, "--json", "--quiet"]);
      expect(status).toBe(0);
      const { beforeCount, dmScopeRetired, pruned } = readRecordedCleanup(name, "dry-dm");
      expect(JSON.parse(stdout)).toMatchObject({ beforeCount, dmScopeRetired, pruned });
    } finally {
      store.dispose();
    }
  });
});

describe("cleanup --rescope on a recorded store", () => {
  let store: MaterializedCase;
  beforeEach(() => {
    store = materializeCase("openclaw-2026.5.28-one-agent");
    const identityLinks = { ann: ["slack:9261", "telegram:9207"] };
    const session = { dmScope: "per-peer", identityLinks, maintenance: { pruneAfter: "365d" } };
    const settings = JSON.stringify({ session });
    writeFileSync(join(store.stateDir, "openclaw.json"), settings);
  });
  afterEach(() => store.dispose());

  const run = (...argv: readonly string[]): Promise<Ended> => runIn(store, argv);
  const directKeys = () =>
    Object.keys(JSON.parse(readFileSync(store.indexPath(), "utf8"))).filter((key) =>
      key.includes(":direct:"),
    );

  const archives = () => [...treeOf(store.stateDir).keys()].filter((name) => name.includes(".deleted."));

  test("every session of a peer gets its key, and undo brings every byte back", async () => {
    const before = treeOf(store.stateDir);
    const preview = JSON.parse((await run("cleanup", "--rescope", "--dry-run", "--json", "--quiet")).stdout);
    const { status, stdout } = await run("cleanup", "--rescope", "--json", "--quiet");
    expect(status).toBe(0);
    const done = JSON.parse(stdout);
    expect(done).toMatchObject({ rekeyed: 7, dmScopeRetired: 1, pruned: 0, applied: true });
    expect(done.rescoped).toEqual(preview.rescoped);
    expect(directKeys()).toHaveLength(9);
    expect(directKeys().every((key) => /^agent:main:direct:[^:]+$/.test(key))).toBe(true);
    expect((await run("undo", done.operationId)).status).toBe(0);
    expect(treeOf(store.stateDir)).toEqual(before);
  });

  test("a saved plan does the same, and a run that is killed in between is finished at the next start", async () => {
    const plan = join(store.stateDir, "../plan.json");
    const recorded = archives().length;
    expect((await run("cleanup", "--rescope", "--plan-out", plan)).status).toBe(0);
    const killed = await runIn(store, ["apply", plan], { KILL_AT: ".deleted." });
    expect(killed.status).toBeNull();
    const next = await run("cleanup", "--rescope", "--json");
    expect(next).toMatchObject({ status: 0, stderr: expect.stringContaining("was finished") });
    expect(JSON.parse(next.stdout)).toMatchObject({ wouldMutate: false, rescoped: [] });
    expect(directKeys()).toHaveLength(9);
    expect(archives()).toHaveLength(recorded + 1);
  });
});
