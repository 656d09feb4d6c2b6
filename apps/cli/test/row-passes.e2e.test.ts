import { readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type MaterializedCase, materializeCase } from "@sessionsmith/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runBin } from "./run-bin.ts";
import type { Ended } from "./run-bin.ts";
import { treeOf } from "./tree-of.ts";

const message = '{"type":"message","message":{"role":"user","content":"hi"}}\n';
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

const at = (name: string): string => join(dirname(store.indexPath()), name);
const readIndex = (): Record<string, object> => JSON.parse(readFileSync(store.indexPath(), "utf8"));
const dayMs = 86_400_000;

/** Adds a row for each order, with a sessionFile that leads nowhere, a ghost and a lease that has run out. */
function addRows(): void {
  const row = (sessionId: string, more: object = {}) => ({
    sessionId,
    updatedAt: store.now - dayMs,
    ...more,
  });
  const lease = { pluginExtensions: { sessionsmith: { lease: { expiresAt: store.now - 1 } } } };
  const added = {
    "agent:main:direct:pointer": row("pointer", { sessionFile: "gone.jsonl" }),
    "agent:main:direct:ghost": row("ghost"),
    "agent:main:direct:nothing": row("nothing"),
    "agent:main:direct:leased": row("leased", lease),
  };
  const files = {
    "sessions.json": JSON.stringify({ ...readIndex(), ...added }, null, 2),
    "pointer.jsonl": message,
    "ghost.jsonl": '{"type":"session","version":3,"id":"ghost"}\n',
    "leased.jsonl": message,
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(at(name), content);
    // Whole seconds: an undo brings times back to the microsecond.
    utimesSync(at(name), Math.floor(store.now / 1000), Math.floor(store.now / 1000));
  }
}

test("orders by hand through the built command: preview, saved plan, apply, undo byte for byte", async () => {
  addRows();
  const before = treeOf(store.stateDir);
  const argv = ["cleanup", "--fix-missing", "--expired", "--kind", "direct", "--preset", "openclaw-2026.5"];
  const plan = join(store.stateDir, "../plan.json");
  const preview = await run(...argv, "--json", "--plan-out", plan);
  expect(preview.status).toBe(0);
  const { missing, expired, repaired, afterCount } = JSON.parse(preview.stdout);
  expect({ expired, repaired }).toEqual({ expired: 1, repaired: 1 });
  expect(missing).toBeGreaterThanOrEqual(2);
  expect(treeOf(store.stateDir)).toEqual(before);
  expect((await run("apply", plan)).status).toBe(0);
  const left = readIndex();
  expect(Object.keys(left)).toHaveLength(afterCount);
  expect(left).toHaveProperty(["agent:main:direct:pointer"]);
  expect(left["agent:main:direct:pointer"]).not.toHaveProperty("sessionFile");
  for (const name of ["ghost", "nothing", "leased"])
    expect(left).not.toHaveProperty([`agent:main:direct:${name}`]);
  const [, id = ""] = /(\d{8}T\d{9}Z-[0-9a-f]+)/.exec((await run("operations")).stdout) ?? [];
  expect(await run("undo", id)).toMatchObject({ status: 0, stderr: "" });
  rmSync(plan);
  expect(treeOf(store.stateDir)).toEqual(before);
});

test("killed after the switch, a mended and a removed row are finished at the next start", async () => {
  addRows();
  const killed = await runKilled("cleanup", "--ghosts", "--fix-missing", "--preset", "openclaw-2026.5");
  expect(killed.status).toBeNull();
  const next = await run("cleanup", "--ghosts", "--kind", "node");
  expect(next.stderr).toMatch(/^sessionsmith: the interrupted operation \S+ was finished\n/);
  expect(readIndex()).not.toHaveProperty(["agent:main:direct:ghost"]);
  expect([...treeOf(store.stateDir).keys()].some((name) => name.includes("ghost.jsonl.deleted."))).toBe(true);
});

function runKilled(...argv: readonly string[]): Promise<Ended> {
  const env = { OPENCLAW_STATE_DIR: store.stateDir, OPENCLAW_GATEWAY_PORT: "9", KILL_AT: ".deleted." };
  return runBin(argv, { now: store.now, env });
}
