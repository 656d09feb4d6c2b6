import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { listStoreCases, materializeCase, readRecordedList } from "@sessionsmith/testkit";
import { sessionKinds } from "@sessionsmith/core";
import { kindWords } from "../../src/options/list-options.ts";
import { runCli } from "../fake-io.ts";
import type { RunSetting } from "../fake-io.ts";
import { bareHost, makeStateDir, storeNow } from "../store-dirs.ts";

const state = makeStateDir();
afterAll(state.dispose);
const hour = 3_600_000;
const row = (n: number, more: object = {}): object => ({
  sessionId: `s${n}`,
  updatedAt: storeNow - n * hour,
  ...more,
});

state.write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "work" }] } }`);
state.writeStore("main", {
  "agent:main:main": row(1, {
    model: "gpt-5",
    totalTokens: 45_000,
    contextTokens: 200_000,
    thinkingLevel: "high",
  }),
  "agent:main:telegram:group:7": row(2, { label: "family", systemSent: true }),
  "agent:main:cron:job": row(3),
  global: row(4),
  unknown: row(5),
});
state.writeStore("work", { "agent:work:main": row(0.5) });

function runList(argv: readonly string[], setting: RunSetting = {}) {
  return runCli(["list", "--state-dir", state.path, ...argv], { host: bareHost(state), ...setting });
}

async function shaped(name: string): Promise<unknown> {
  return JSON.parse((await runList(["--format", name, "--limit", "2"])).stdout);
}

async function keysOf(...argv: readonly string[]): Promise<readonly string[]> {
  const { status, stdout, stderr } = await runList([...argv, "--json"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const { sessions } = JSON.parse(stdout);
  return sessions.map(({ key }: { key: string }) => key);
}

describe("text", () => {
  test("a header and a table, newest first; nothing is cut without a terminal", async () => {
    const { status, stdout, stderr } = await runList([]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.split("\n")).toEqual([
      `Session store: ${join(state.path, "agents/main/sessions/sessions.json")}`,
      "Sessions listed: 5",
      "Kind     Key                          Age     Model  Tokens (ctx %)  Flags",
      "direct   agent:main:main              1h ago  gpt-5  45k/200k (23%)  think:high id:s1",
      "group    agent:main:telegram:group:7  2h ago         unknown/? (?%)  system id:s2",
      "cron     agent:main:cron:job          3h ago         unknown/? (?%)  id:s3",
      "global   global                       4h ago         unknown/? (?%)  id:s4",
      "unknown  unknown                      5h ago         unknown/? (?%)  id:s5",
      "",
    ]);
  });

  test("a page says so, and so does a filter by activity", async () => {
    expect((await runList(["--limit", "2"])).stdout).toContain("\nSessions listed: 2 of 5 (limit 2)\n");
    expect((await runList(["--limit", "2", "--offset", "4"])).stdout).toContain(
      "\nSessions listed: 1 of 5 (limit 2, offset 4)\n",
    );
    expect((await runList(["--active", "90"])).stdout).toContain(
      "\nSessions listed: 1\nFiltered to last 90 minute(s)\n",
    );
  });

  test("several stores get a common header and a column for the agent", async () => {
    const { stdout } = await runList(["--all-agents"]);
    expect(stdout).toMatch(/^Session stores: 2 \(main, work\)\nSessions listed: 6\nAgent {2}Kind /);
    expect(stdout).toMatch(/\nwork {3}direct {3}agent:work:main /);
  });

  test("no session matches", async () => {
    expect((await runList(["--search", "nothing like it"])).stdout).toMatch(
      /Sessions listed: 0\nNo sessions found\.\n$/,
    );
  });

  test("titles and previews add columns", async () => {
    const { stdout } = await runList(["--titles", "--previews"]);
    expect(stdout).toMatch(/Flags +Title +Last message\n/);
  });

  test("on a terminal it fits, in colour; NO_COLOR and --no-color take the colour", async () => {
    const shown = await runList([], { columns: 80 });
    expect(shown.stdout).toContain("\u001b[");
    for (const plain of [
      await runList(["--no-color"], { columns: 80 }),
      await runList([], { columns: 80, env: { NO_COLOR: "1" } }),
    ]) {
      expect(plain.stdout).not.toContain("\u001b");
      const table = plain.stdout.split("\n").slice(2);
      expect(table.filter((line) => line.length > 80)).toEqual([]);
    }
  });
});

describe("which sessions", () => {
  test.each<[readonly string[], readonly string[]]>([
    [["--limit", "1"], ["agent:main:main"]],
    [["--limit", "1", "--offset", "1"], ["agent:main:telegram:group:7"]],
    [["--limit", "all", "--offset", "4"], ["unknown"]],
    [["--active", "90"], ["agent:main:main"]],
    [["--active", "1h"], ["agent:main:main"]],
    [["--search", "FAMILY"], ["agent:main:telegram:group:7"]],
    [["--label", "family"], ["agent:main:telegram:group:7"]],
    [["--label", "fam"], []],
    [["--kind", "cron"], ["agent:main:cron:job"]],
    [["--kind", "main"], ["agent:main:main"]],
    [["--spawned-by", "agent:main:main"], []],
    [["--status", "expired"], []],
    [["--user", "alice"], []],
    [["--no-include-global", "--no-include-unknown", "--offset", "3"], []],
    [["--agent", "work"], ["agent:work:main"]],
    [
      ["--all-agents", "--limit", "2"],
      ["agent:work:main", "agent:main:main"],
    ],
    [["--now", String(storeNow + hour), "--active", "90m"], []],
  ])("%j", async (argv, keys) => {
    expect(await keysOf(...argv)).toEqual(keys);
  });

  test("a store by its path", async () => {
    expect(await keysOf("--store", join(state.path, "agents", "work", "sessions", "sessions.json"))).toEqual([
      "agent:work:main",
    ]);
  });

  test("--kind knows every kind of a key", () => {
    expect(kindWords).toEqual([...sessionKinds, "spawn-child"]);
  });
});

describe("shapes", () => {
  test.each(listStoreCases())("JSON has the keys of OpenClaw's list first: %s", async (name) => {
    const copy = materializeCase(name);
    try {
      const argv = ["--json", "--state-dir", copy.stateDir, "--now", String(copy.now)];
      const { status, stdout } = await runCli(argv, { host: bareHost(state) });
      const list = JSON.parse(stdout);
      const recorded = readRecordedList(name, "list");
      expect(status).toBe(0);
      expect(list).toMatchObject({ ...recorded, path: copy.indexPath(), sessions: expect.any(Array) });
      expect(Object.keys(list).slice(0, Object.keys(recorded).length)).toEqual(Object.keys(recorded));
      expect(list.sessions.map(({ key }: { key: string }) => key)).toEqual(
        recorded.sessions.map(({ key }) => key),
      );
    } finally {
      copy.dispose();
    }
  });

  test("CSV: one line for a session, ages as numbers", async () => {
    const { stdout } = await runList(["--csv", "--limit", "1"]);
    const [header = "", line, ...rest] = stdout.split("\n");
    expect(header.split(",").slice(0, 5)).toEqual(["key", "agentId", "kind", "fineKind", "sessionId"]);
    expect(line).toMatch(/^agent:main:main,main,direct,main,s1,/);
    expect(rest).toEqual([""]);
  });

  test("the shapes of other tools hold the same sessions", async () => {
    expect(await shaped("aria")).toMatchObject({
      success: true,
      data: {
        session_count: 2,
        sessions: [{ id: "s1", key: "agent:main:main", session_type: "direct" }, { id: "s2" }],
      },
      error: null,
    });
    expect(await shaped("bytesagain")).toMatchObject({
      ok: true,
      count: 2,
      sessions: [{ id: "s1" }, { id: "s2" }],
    });
    expect(await shaped("openclaw-python")).toMatchObject({
      count: 2,
      sessions: [{ sessionId: "s1" }, { sessionId: "s2" }],
    });
  });
});

describe("what goes wrong", () => {
  test.each<[readonly string[], number, RegExp]>([
    [
      ["--limit", "0"],
      2,
      /--limit needs a whole number of at least 1, or all, not "0"\nUsage: sessionsmith list/,
    ],
    [["--active", "-5"], 2, /--active "-5": a duration must be longer than zero/],
    [["--active", "2w"], 2, /--active "2w": unknown unit/],
    [["--kind", "grup"], 2, /--kind does not know "grup"\nDid you mean group\?/],
    [["--status", "over"], 2, /--status does not know "over"/],
    [["--now", "yesterday"], 2, /--now "yesterday": not a time/],
    [["--csv", "--json"], 2, /--csv can't be combined with --json or --format/],
    [["--store", "x", "--agent", "main"], 2, /--store can't be combined/],
    [["--agent", "nobody"], 10, /nobody/],
    [["--store", "nothing/sessions.json"], 10, /sessionsmith: There is no session store at /],
  ])("%j ends with %i", async (argv, status, text) => {
    const result = await runList(argv);
    expect(result).toMatchObject({ status, stdout: "" });
    expect(result.stderr).toMatch(text);
  });

  test("an index that can't be read: 12, alone; 3 and the rest among several", async () => {
    const broken = makeStateDir();
    try {
      broken.write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "bad" }, { id: "new" }] } }`);
      broken.writeStore("main", { "agent:main:main": row(1) });
      broken.write("agents/bad/sessions/sessions.json", "[]");
      const setting = { host: bareHost(broken) };
      const alone = await runCli(["list", "--state-dir", broken.path, "--agent", "bad", "--json"], setting);
      expect(alone).toMatchObject({ status: 12, stdout: "" });
      expect(JSON.parse(alone.stderr).error).toMatchObject({ code: "E_CORRUPT_INDEX", exitCode: 12 });
      const all = await runCli(["list", "--state-dir", broken.path, "--all-agents", "--json"], setting);
      expect(all.status).toBe(3);
      expect(JSON.parse(all.stdout)).toMatchObject({
        count: 1,
        partial: true,
        stores: [
          { agentId: "main" },
          { agentId: "bad", error: { code: "E_CORRUPT_INDEX" } },
          { agentId: "new" },
        ],
      });
      expect(JSON.parse(all.stderr).error).toMatchObject({ code: "E_PARTIAL", exitCode: 3 });
      const text = await runCli(["list", "--state-dir", broken.path, "--all-agents"], setting);
      expect(text.stderr).toMatch(
        /^sessionsmith: agent bad: .*sessions\.json.*\nsessionsmith: 1 of 3 stores could not be done\.\n$/,
      );
    } finally {
      broken.dispose();
    }
  });

  test("odd settings are a finding here; --verbose names it, --quiet does not", async () => {
    const odd = makeStateDir();
    try {
      odd.write("openclaw.json", `{ session: { maintenance: { pruneAfter: "2w" } } }`);
      odd.writeStore("main", { "agent:main:main": row(1) });
      const run = (...argv: readonly string[]) =>
        runCli(["list", "--state-dir", odd.path, ...argv], { host: bareHost(odd) });
      expect(await run()).toMatchObject({
        status: 0,
        stderr: "sessionsmith: 1 finding: settings-invalid-value (1). Run with --verbose to see them.\n",
      });
      expect((await run("--verbose")).stderr).toMatch(
        /^sessionsmith: error settings-invalid-value path=.* field=session/,
      );
      expect((await run("--quiet")).stderr).toBe("");
    } finally {
      odd.dispose();
    }
  });

  test("a store beside a database says that it may be old", async () => {
    const mixed = makeStateDir();
    try {
      mixed.writeStore("main", { "agent:main:main": row(1) });
      mixed.write("agents/main/session-sqlite-import-archive/sessions.json", "{}");
      const { status, stderr } = await runCli(["list", "--state-dir", mixed.path], { host: bareHost(mixed) });
      expect(status).toBe(0);
      expect(stderr).toMatch(
        /^sessionsmith: agent main: Sessions were imported .* Only the rows of sessions\.json are listed here\.\n$/,
      );
    } finally {
      mixed.dispose();
    }
  });
});
