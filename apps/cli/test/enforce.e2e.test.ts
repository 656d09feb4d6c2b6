import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MaterializedCase, materializeCase } from "@sessionsmith/testkit";
import { runBin } from "./run-bin.ts";
import type { Ended } from "./run-bin.ts";
import { treeOf } from "./tree-of.ts";

let store: MaterializedCase;
beforeEach(() => {
  store = materializeCase("openclaw-2026.5.28-one-agent");
});
afterEach(() => store.dispose());

function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  // Port 9 (discard) answers nowhere, whatever runs on this machine.
  const state = { OPENCLAW_STATE_DIR: store.stateDir, OPENCLAW_GATEWAY_PORT: "9" };
  return runBin(argv, { now: store.now, env: { ...state, ...env } });
}

function keys(): readonly string[] {
  return Object.keys(JSON.parse(readFileSync(store.indexPath(), "utf8")));
}

async function enforce(): Promise<string> {
  const { status, stdout } = await run(["cleanup", "--enforce", "--json", "--quiet"]);
  expect(status).toBe(0);
  const done = JSON.parse(stdout);
  expect(done).toMatchObject({ beforeCount: 34, afterCount: 27, pruned: 7, applied: true });
  return done.operationId;
}

describe("a recorded store", () => {
  test("enforce, and undo byte for byte", async () => {
    const before = treeOf(store.stateDir);
    const id = await enforce();
    expect(keys()).toHaveLength(27);
    expect([...treeOf(store.stateDir).keys()].filter((name) => name.includes(".deleted."))).not.toEqual([]);
    expect(await run(["undo", id])).toMatchObject({ status: 0, stderr: "" });
    expect(treeOf(store.stateDir)).toEqual(before);
  });

  test("a saved plan is applied; made stale, it ends with 13 and names the session", async () => {
    const plan = join(store.stateDir, "../plan.json");
    expect((await run(["cleanup", "--plan-out", plan])).status).toBe(0);
    const index = JSON.parse(readFileSync(store.indexPath(), "utf8"));
    index["agent:main:direct:fresh"] = { sessionId: "fresh", updatedAt: store.now };
    const recorded = readFileSync(store.indexPath());
    writeFileSync(store.indexPath(), JSON.stringify(index));
    const stale = await run(["apply", plan]);
    expect(stale).toMatchObject({ status: 13, stdout: "" });
    expect(stale.stderr).toContain("added: agent:main:direct:fresh");
    expect(keys()).toHaveLength(35);
    writeFileSync(store.indexPath(), recorded);
    expect((await run(["apply", plan, "--unchanged-rows"])).status).toBe(0);
    expect(keys()).toHaveLength(27);
  });

  test("killed after the switch, it is finished at the next start", async () => {
    const killed = await run(["cleanup", "--enforce"], { KILL_AT: ".deleted." });
    expect(killed.status).toBeNull();
    expect(keys()).toHaveLength(27);
    const list = await run(["list"]);
    expect(list.stderr).toMatch(/operation \S+ \(cleanup\) was interrupted/);
    const next = await run(["cleanup", "--enforce"]);
    expect(next.status).toBe(0);
    expect(next.stderr).toMatch(/^sessionsmith: the interrupted operation \S+ was finished\n/);
    expect([...treeOf(store.stateDir).keys()].filter((name) => name.includes(".deleted."))).not.toEqual([]);
  });
});

/** How enforcing ends where it must not touch anything. */
async function refusal(
  env: Readonly<Record<string, string>> = {},
): Promise<Ended & { readonly touched: boolean }> {
  const before = treeOf(store.stateDir);
  const ended = await run(["cleanup", "--enforce"], env);
  return { ...ended, touched: !isDeepStrictEqual(treeOf(store.stateDir), before) };
}

describe("what holds it back: nothing is touched", () => {
  test("the lock of a live process: exit 11", async () => {
    const lock = join(dirname(store.indexPath()), ".sessionsmith/lock");
    mkdirSync(lock, { recursive: true });
    utimesSync(lock, store.now / 1000, store.now / 1000);
    const ended = await refusal({ TICK_MS: "1000" });
    expect(ended).toMatchObject({ status: 11, stdout: "", touched: false });
    expect(ended.stderr).toMatch(/is locked by another process/);
  });

  test("a running gateway: exit 11", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    try {
      await new Promise((resolve) => {
        server.once("listening", resolve);
      });
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const ended = await refusal({ OPENCLAW_GATEWAY_PORT: String(port) });
      expect(ended).toMatchObject({ status: 11, stdout: "", touched: false });
      expect(ended.stderr).toMatch(/A gateway is running/);
    } finally {
      server.close();
    }
  });

  test("an index that can't be read: exit 12", async () => {
    writeFileSync(store.indexPath(), "{");
    expect(await refusal()).toMatchObject({ status: 12, stdout: "", touched: false });
  });

  test("sessions in OpenClaw's database: exit 15", async () => {
    const agentDir = join(dirname(store.indexPath()), "../agent");
    mkdirSync(agentDir, { recursive: true });
    const header = Buffer.alloc(100);
    header.write("SQLite format 3\0", "latin1");
    header.writeUInt32BE(4, 60);
    writeFileSync(join(agentDir, "openclaw-agent.sqlite"), header);
    expect(await refusal()).toMatchObject({ status: 15, stdout: "", touched: false });
  });
});
