import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type MaterializedCase, materializeCase } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Ended, runBin } from "./run-bin.ts";
import { treeOf } from "./tree-of.ts";

let store: MaterializedCase;
beforeEach(() => {
  store = materializeCase("openclaw-2026.5.28-one-agent");
});
afterEach(() => store.dispose());

/** Runs the built command; `minutes` later than the store was recorded. */
function run(argv: readonly string[], minutes = 0): Promise<Ended> {
  // Port 9 (discard) answers nowhere, whatever runs on this machine.
  const env = { OPENCLAW_STATE_DIR: store.stateDir, OPENCLAW_GATEWAY_PORT: "9" };
  return runBin(argv, { now: store.now + minutes * 60_000, env });
}

async function json(argv: readonly string[], minutes = 0) {
  const { status, stdout, stderr } = await run([...argv, "--json"], minutes);
  if (status !== 0) throw new Error(`${argv.join(" ")} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

const at = (name: string): string => join(dirname(store.stateDir), name);

describe("a session with a lease", () => {
  test("from its creation until cleanup takes it, and back again", async () => {
    const before = treeOf(store.stateDir);
    const created = await json([
      "create",
      "--user",
      "ann",
      "--ttl",
      "60",
      "--meta",
      "a=b=c",
      "--id-form",
      "hex12",
    ]);
    expect(created.sessionId).toMatch(/^[0-9a-f]{12}$/);
    expect(created.session).toMatchObject({ user: "ann", status: "active", meta: { a: "b=c" } });
    const id: string = created.sessionId;
    expect(await json(["list", "--status", "expired", "--user", "ann"])).toMatchObject({ count: 0 });
    expect(await json(["list", "--status", "expired", "--user", "ann"], 2)).toMatchObject({ count: 1 });
    expect(await json(["cleanup", "--expired", "--dry-run"])).toMatchObject({
      expired: 0,
      wouldMutate: false,
    });
    const refreshed = await json(["refresh", id], 5);
    expect(refreshed.session).toMatchObject({ status: "active", ttlSeconds: 60 });
    const ended = await json(["expire", id], 5);
    const cleaned = await json(["cleanup", "--expired"], 6);
    expect(cleaned).toMatchObject({ expired: 1, pruned: 0, capped: 0 });
    const { status, stderr } = await run(["get", id], 6);
    expect([status, stderr]).toEqual([10, expect.stringContaining("There is no session")]);
    for (const one of [cleaned, ended, refreshed, created]) {
      // oxlint-disable-next-line no-await-in-loop -- the latest first
      expect(await run(["undo", one.operationId], 7)).toMatchObject({ status: 0 });
    }
    expect(treeOf(store.stateDir)).toEqual(before);
  });

  test("values that are set at the same time are all kept", async () => {
    const { sessionId } = await json(["create"]);
    const names = ["a", "b", "c", "d", "e"];
    const ends = await Promise.all(names.map((name) => run(["set", sessionId, name, name])));
    expect(ends.map(({ status }) => status)).toEqual(names.map(() => 0));
    const { lease } = await json(["get", sessionId]);
    expect(Object.keys(lease.meta).toSorted()).toEqual(names);
  });
});

test("what goes out comes in again in another place, byte for byte", async () => {
  const sessions = dirname(store.indexPath());
  expect(await run(["export", "--format", "jsonl", "--output", at("all.jsonl")])).toMatchObject({
    status: 0,
  });
  const elsewhere = ["--state-dir", at("other")];
  const { stores } = await json(["import", at("all.jsonl"), ...elsewhere]);
  expect(stores).toMatchObject([{ added: 34, alreadyThere: 0 }]);
  const copies = treeOf(join(at("other"), "agents/main/sessions"));
  const names = [...copies.keys()].filter((name) => name.endsWith(".jsonl"));
  expect(names.length).toBeGreaterThan(20);
  for (const name of names)
    expect(
      readFileSync(join(at("other"), "agents/main/sessions", name)).equals(
        readFileSync(join(sessions, name)),
      ),
    ).toBe(true);
  expect(await json(["import", at("all.jsonl"), ...elsewhere])).toMatchObject({
    stores: [{ added: 0, alreadyThere: 34 }],
  });
});

test("reading changes nothing: stats, history, export, config, get", async () => {
  const before = treeOf(store.stateDir);
  const lines = [
    ["stats"],
    ["history"],
    ["export"],
    ["export", "main", "--format", "html"],
    ["config"],
    ["get", "main"],
    ["create", "--dry-run"],
    ["refresh", "main", "--dry-run"],
    ["config", "lease.defaultTtl", "5", "--dry-run"],
  ];
  const ends = await Promise.all(lines.map((line) => run(line)));
  expect(ends.map(({ status }) => status)).toEqual(lines.map(() => 0));
  expect(treeOf(store.stateDir)).toEqual(before);
});

test.each([
  [["stats", "--stale-after", "0m"], 2, /longer than zero/],
  [["create", "--meta", "=x"], 2, /--meta needs/],
  [["create", "--meta"], 2, /argument missing/],
  [["create", "--ttl", "10x"], 2, /--ttl "10x"/],
  [["create", "--set", "label=foo", "--label", "bar"], 2, /label is given twice/],
  [["set", "main", "", "x"], 2, /key that is not empty/],
  [["set", "main", "a", "{", "--json-values"], 2, /no JSON value/],
  [["set", "main", "a", "9007199254740993", "--json-values"], 2, /a number with more digits/],
  [["set", "main", "a", "1e400", "--json-values"], 2, /too large/],
  [["create", "--meta", 'a={"b":1,"b":2}', "--json-values"], 2, /names a member twice/],
  [["set", "main", "a", "b"], 15, /has no lease/],
  [["refresh", "agent:main:telegram:*"], 2, /means \d+ sessions/],
  [["history", "nobody"], 10, /has ended/],
  [["list", "--status", "ended", "--titles"], 2, /--titles can't be combined/],
  [["export", "nobody"], 10, /There is no session/],
  [["export", "--format", "xml"], 2, /does not know "xml"/],
  [["export", "--force"], 2, /goes with --output/],
  [["import", "nowhere.json"], 10, /There is no/],
  [["config", "lease.defaultTTL"], 2, /no setting/],
  [["config", "lease.defaultTtl", "soon"], 2, /expected "none"/],
  [["export-trajectory"], 2, /which session/],
] as const)("%j ends with %i and changes nothing", async (argv, expected, text) => {
  const before = treeOf(store.stateDir);
  const { status, stdout, stderr } = await run(argv);
  expect({ status, stdout }).toEqual({ status: expected, stdout: "" });
  expect(stderr).toMatch(text);
  expect(stderr).not.toContain("bug");
  expect(treeOf(store.stateDir)).toEqual(before);
});

test.each(["junk{", "[]"])(
  "config says what is wrong with settings like %j, and leaves them",
  async (text) => {
    writeFileSync(join(store.stateDir, "sessionsmith.json5"), text);
    const { status, stderr } = await run(["config", "lease.defaultTtl", "1h"]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("sessionsmith.json5") });
    expect(stderr).not.toContain("bug");
    expect(readFileSync(join(store.stateDir, "sessionsmith.json5"), "utf8")).toBe(text);
  },
);

test("an export never takes the place of a file that it was not told to replace", async () => {
  writeFileSync(at("mine"), "mine");
  expect(await run(["export", "--output", at("mine")])).toMatchObject({ status: 15, stdout: "" });
  expect(readFileSync(at("mine"), "utf8")).toBe("mine");
  expect(await run(["export", "--output", at("mine"), "--force"])).toMatchObject({ status: 0 });
  expect(JSON.parse(readFileSync(at("mine"), "utf8")).sessions).toHaveLength(34);
});
