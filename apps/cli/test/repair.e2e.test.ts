import { chmodSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type MaterializedCase, materializeCase } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runBin } from "./run-bin.ts";
import { treeOf } from "./tree-of.ts";

let store: MaterializedCase;
beforeEach(() => {
  store = materializeCase("openclaw-2026.5.28-one-agent");
});
afterEach(() => store.dispose());

function run(...argv: readonly string[]) {
  const env = { OPENCLAW_STATE_DIR: store.stateDir, OPENCLAW_GATEWAY_PORT: "9" };
  return runBin(argv, { now: store.now, env });
}

/** Writes the index anew, with a time that every file system keeps. */
function spoil(content: string | Buffer, mode = 0o600): void {
  writeFileSync(store.indexPath(), content);
  chmodSync(store.indexPath(), mode);
  utimesSync(store.indexPath(), store.now / 1000 - 60, store.now / 1000 - 60);
}

async function listed(): Promise<readonly string[]> {
  const { stdout } = await run("list", "--json", "--limit", "all");
  return JSON.parse(stdout)
    .sessions.map(({ sessionId }: { sessionId: string }) => sessionId)
    .toSorted();
}

describe("a recorded store without its index", () => {
  test.each([
    ["is cut in half", () => spoil(readFileSync(store.indexPath()).subarray(0, 5000))],
    ["is gone", () => rmSync(store.indexPath())],
    ["has no bytes", () => spoil("")],
  ])(
    "that %s: every session with a transcript is listed again, and an undo restores every byte",
    async (_, damage) => {
      const { stdout: check } = await run("check", "--json", "--quiet");
      const missing = JSON.parse(check).stores[0].findings.filter(
        ({ id }: { id: string }) => id === "transcript-missing",
      );
      const rows = Object.values(JSON.parse(readFileSync(store.indexPath(), "utf8")));
      damage();
      const before = treeOf(store.stateDir);
      expect(await run("list")).toMatchObject({ status: 12, stdout: "" });
      const preview = await run("repair", "--index");
      expect(preview).toMatchObject({ status: 0, stdout: expect.stringContaining("This was a preview") });
      expect(treeOf(store.stateDir)).toEqual(before);
      const { status, stdout } = await run("repair", "--index", "--apply", "--json");
      const done = JSON.parse(stdout);
      expect({ status, dryRun: done.dryRun }).toEqual({ status: 0, dryRun: false });
      const found = new Set(await listed());
      const lost = rows.filter((row) => {
        const { sessionId } = Object(row);
        return typeof sessionId === "string" && !found.has(sessionId);
      });
      expect(lost.length).toBeLessThanOrEqual(missing.length);
      expect(JSON.parse((await run("repair", "--index", "--json")).stdout).wouldMutate).toBe(false);
      await run("undo", done.operationId);
      expect(treeOf(store.stateDir)).toEqual(before);
    },
  );
});

test("everything at once, and nothing to do afterwards", async () => {
  const text = readFileSync(store.indexPath(), "utf8");
  spoil(`\ufeff${text.replace('"agent:main:main"', '"Main"')}`, 0o644);
  const before = treeOf(store.stateDir);
  const done = JSON.parse((await run("repair", "--apply", "--json")).stdout);
  expect(new Set(done.stores[0].mends.map(({ domain }: { domain: string }) => domain))).toEqual(
    new Set(["index", "keys", "paths", "permissions"]),
  );
  expect(await run("repair")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("Nothing needs to be mended."),
  });
  await run("undo", done.operationId);
  expect(treeOf(store.stateDir)).toEqual(before);
});

test("an agent with another id has all its sessions, and its old store none", async () => {
  const ids = await listed();
  const before = treeOf(store.stateDir);
  const preview = await run("repair", "--rename-agent", "main=office");
  expect(preview.stdout).toContain("agent:office:main");
  expect(treeOf(store.stateDir)).toEqual(before);
  const { status } = await run("repair", "--rename-agent", "main=office", "--apply");
  expect(status).toBe(0);
  const office = store.indexPath("office");
  const { stdout } = await run("list", "--json", "--limit", "all", "--store", office);
  const found = JSON.parse(stdout).sessions.map(({ sessionId }: { sessionId: string }) => sessionId);
  expect(found.toSorted()).toEqual(ids);
  expect(dirname(office)).toContain("office");
});

describe("what can't be done", () => {
  test.each([
    [["--rename-agent", "a"], "is not of the form old=new"],
    [["--rename-agent", "a=A"], "that is its id already"],
    [["--rebase", "old=/new"], "is not of the form /old=/new"],
    [["--apply", "--now", "2026-01-01T00:00:00Z"], "--now does not go with --apply"],
    [["--indx"], "--indx"],
  ])("%j: exit 2", async (argv, message) => {
    const before = treeOf(store.stateDir);
    const { status, stdout, stderr } = await run("repair", ...argv);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
    expect(treeOf(store.stateDir)).toEqual(before);
  });

  test("a transcript that somebody has locked is a running gateway: exit 11", async () => {
    const [row] = Object.values(JSON.parse(readFileSync(store.indexPath(), "utf8")));
    const lock = `${dirname(store.indexPath())}/${Object(row).sessionId}.jsonl.lock`;
    writeFileSync(lock, JSON.stringify({ pid: process.pid, createdAt: new Date(store.now).toISOString() }));
    writeFileSync(store.indexPath(), "");
    const before = treeOf(store.stateDir);
    const { status, stderr } = await run("repair", "--apply");
    expect({ status, stderr }).toEqual({
      status: 11,
      stderr: expect.stringContaining("A gateway is running"),
    });
    expect(treeOf(store.stateDir)).toEqual(before);
  });

  test("a store among several stops no other: exit 3", async () => {
    writeFileSync(`${store.stateDir}/openclaw.json`, '{"agents":{"list":[{"id":"main"},{"id":"odd"}]}}');
    mkdirSync(`${store.stateDir}/agents/odd`);
    writeFileSync(`${store.stateDir}/agents/odd/sessions`, "no directory");
    spoil("[]");
    const { status, stdout } = await run("repair", "--index", "--apply", "--all-agents", "--json");
    const { stores, operationId } = JSON.parse(stdout);
    expect({ status, operation: typeof operationId }).toEqual({ status: 3, operation: "string" });
    expect(stores).toMatchObject([
      { agentId: "main", index: "unreadable" },
      { agentId: "odd", index: null, error: {} },
    ]);
  });
});
