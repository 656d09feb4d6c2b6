import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JsonDocumentSpec } from "../../src/json-documents/json-document.ts";
import {
  chatCommandDocument,
  checkpointDocument,
  checkpointListDocument,
  freshnessDocument,
} from "../../src/json-documents/manager-document.ts";
import { runCli } from "../fake-io.ts";
import { promisedPaths, realPaths } from "../json-documents/documented-paths.ts";
import { managerDocuments } from "../json-documents/writing-documents.ts";
import { makeStateDir, type StateDir, storeNow, tickingHost } from "../store-dirs.ts";
import { treeOf } from "../tree-of.ts";

const hour = 3_600_000;
let state: StateDir;
let host: ReturnType<typeof tickingHost>;

const dir = () => join(state.path, "agents/main/sessions");
const message = (role: string, content: string) =>
  JSON.stringify({ type: "message", id: content, message: { role, content } });
const transcript = (id: string, ...texts: readonly string[]) =>
  [JSON.stringify({ type: "session", version: 3, id }), ...texts.map((text) => message("user", text))]
    .map((line) => `${line}\n`)
    .join("");

beforeEach(() => {
  state = makeStateDir();
  host = tickingHost(state);
  state.writeStore("main", {
    "agent:main:main": {
      sessionId: "s1",
      updatedAt: storeNow,
      sessionStartedAt: storeNow - 30 * hour,
      lastInteractionAt: storeNow - hour,
      totalTokens: 7,
      label: "Main",
    },
    "agent:main:direct:2": { sessionId: "s2", updatedAt: storeNow - 2 * hour },
  });
  state.write("agents/main/sessions/s1.jsonl", transcript("s1", "one", "two"));
});
afterEach(() => state.dispose());

async function run(...words: readonly string[]) {
  return runCli([...words, "--state-dir", state.path], { host });
}
async function json(...words: readonly string[]) {
  const { stdout, stderr } = await run(...words, "--json");
  return JSON.parse(stdout === "" ? stderr : stdout);
}
const idIn = (text: string) => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text)?.[0] ?? "";
const text = () => readFileSync(join(dir(), "s1.jsonl"), "utf8");

describe("a value with line breaks forges no line of its own", () => {
  const forged = "x\nDone as operation FAKE";

  test("as the name of a checkpoint", async () => {
    const saved = await run("checkpoint", "save", "main", forged);
    expect(saved).toMatchObject({ status: 0 });
    const id = idIn(saved.stdout);
    for (const words of [["list"], ["restore", id], ["delete", id]]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const told = await run("checkpoint", ...words);
      expect(told.stdout).toContain(String.raw`x\nDone as operation FAKE`);
      expect(told.stdout.split("\n")).not.toContain("Done as operation FAKE");
    }
  });

  test("as a key, a user, a name or a value", async () => {
    const key = `agent:main:${forged}`;
    const orders = [
      ["create", "--key", key, "--user", forged, "--meta", `${forged}=1`],
      ["set", key, forged, forged],
      ["refresh", key],
      ["patch", key, `label=${forged}`],
      ["expire", key],
      ["reset", key],
      ["delete", key],
    ];
    for (const words of orders) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const told = await run(...words);
      expect(told).toMatchObject({ status: 0 });
      // Keys are in lower case.
      expect(told.stdout).toMatch(/x\\ndone as operation fake/i);
      expect(told.stdout.split("\n").filter((line) => /^done as operation fake/i.test(line))).toEqual([]);
    }
  });
});

describe("checkpoint", () => {
  test("saves, lists, restores and deletes; undo takes a restore back", async () => {
    const saved = await run("checkpoint", "save", "Main", "before it", "--description", "why");
    expect(saved).toMatchObject({ status: 0, stderr: "" });
    expect(saved.stdout).toMatch(/^Saved 2 messages of agent:main:main as checkpoint [0-9a-f-]{36}\.\n$/);
    const id = idIn(saved.stdout);
    const listed = await run("checkpoint", "list", "main");
    expect(listed.stdout).toMatch(
      new RegExp(`^${id} {2}2026-.*Z {2}agent:main:main {2}before it \\(2 messages\\)\\n$`),
    );

    const before = transcript("s1", "one", "two", "three");
    state.write("agents/main/sessions/s1.jsonl", before);
    const tree = treeOf(state.path);
    const preview = await run("checkpoint", "restore", id, "--dry-run");
    expect(preview.stdout).toBe(
      `Would restore checkpoint ${id} (before it) of agent:main:main: 2 messages.\nNothing was changed (--dry-run).\n`,
    );
    expect(treeOf(state.path)).toEqual(tree);

    const restored = await run("checkpoint", "restore", id);
    expect(restored).toMatchObject({ status: 0, stderr: "" });
    const { entry } = await json("show", "main");
    // The row of another program stays that, but tells no tokens of what is not there any more.
    expect(entry).toEqual({
      sessionId: "s1",
      updatedAt: storeNow,
      sessionStartedAt: storeNow - 30 * hour,
      lastInteractionAt: storeNow - hour,
      label: "Main",
    });
    expect(text()).not.toContain("three");
    expect(text()).toContain('"two"');
    const backup = readdirSync(dir()).find((name) => name.startsWith("s1.jsonl.bak.")) ?? "";
    expect(readFileSync(join(dir(), backup), "utf8")).toBe(before);
    const [, operation = ""] = /operation (\S+);/.exec(restored.stdout) ?? [];
    expect(await run("undo", operation)).toMatchObject({ status: 0 });
    expect(text()).toBe(before);

    const deleted = await run("checkpoint", "delete", id);
    expect(deleted.stdout).toContain(`Deleted checkpoint ${id} (before it) of agent:main:main: 2 messages.`);
    expect((await run("checkpoint", "list")).stdout).toBe("No checkpoints found.\n");
  });

  test("outlives reset, compact and cleanup of its session", async () => {
    const id = idIn((await run("checkpoint", "save", "agent:main:direct:2", "empty")).stdout);
    const main = idIn((await run("checkpoint", "save", "main", "full")).stdout);
    await run("reset", "main");
    await run("compact", "main", "--max-lines", "1");
    await run("cleanup", "--enforce", "--older-than", "1h", "--active-key", "agent:main:main");
    const { stores } = await json("checkpoint", "list");
    expect(stores[0].checkpoints.map((checkpoint: { id: string }) => checkpoint.id)).toEqual([id, main]);
    await run("checkpoint", "restore", main);
    const { entry } = await json("show", "main");
    expect(entry.sessionId).not.toBe("s1");
    expect(readFileSync(join(dir(), `${entry.sessionId}.jsonl`), "utf8")).toContain('"two"');
  });

  test.each([
    [["checkpoint", "sav"], 2, "Did you mean save?"],
    [["checkpoint", "save", "main"], 2, "needs a session and a name"],
    [["checkpoint", "restore"], 2, "needs the id of a checkpoint"],
    [["checkpoint", "list", "main", "x"], 2, "takes no further word"],
    [["checkpoint", "list", "--dry-run"], 2, "does not go with checkpoint list"],
    [["checkpoint", "delete", "x", "--description", "y"], 2, "does not go with checkpoint delete"],
    [["checkpoint", "save", "nobody", "x"], 10, "There is no session"],
    [["checkpoint", "restore", "../../x"], 10, "There is no checkpoint"],
    [["checkpoint", "save", "main", " "], 2, "1 to 512 characters"],
  ])("%j is refused, and changes nothing", async (words, status, why) => {
    const tree = treeOf(state.path);
    const result = await run(...words);
    expect(result).toMatchObject({ status, stdout: "" });
    expect(result.stderr).toContain(why);
    expect(treeOf(state.path)).toEqual(tree);
  });
});

describe("freshness", () => {
  test("shows what the store remembers, or flags say", async () => {
    expect((await run("freshness")).stdout).toContain("Resets: no daily reset, no idle reset");
    await run("chat-command", "/session idle-reset 45");
    const { stdout } = await run("freshness", "--time-zone", "UTC");
    expect(stdout).toContain("Resets: no daily reset, reset after 45 minutes idle");
    expect(stdout).toMatch(/^agent:main:main +2026-11-20 09:31 \(UTC\) +idle +due: /m);
    const flags = ["--idle-reset", "off", "--daily-reset", "4:30", "--time-zone", "Asia/Kolkata"];
    expect(await json("freshness", "main", ...flags)).toMatchObject({
      stores: [
        { dailyReset: "04:30", idleResetMinutes: null, sessions: [{ reason: "daily", wouldReset: true }] },
      ],
    });
    const { sessions } = await json("list");
    expect(sessions.map((session: { wouldReset?: true }) => session.wouldReset)).toEqual([true, true]);
    expect((await run("list")).stdout).toContain("reset-due");
  });

  test("refuses what is no time, and says which session there is not", async () => {
    for (const words of [
      ["--daily-reset", "25"],
      ["--idle-reset", "0"],
      ["--time-zone", "Mars"],
    ])
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await run("freshness", ...words)).toMatchObject({ status: 2, stdout: "" });
    expect(await run("freshness", "nobody")).toMatchObject({ status: 10, stdout: "" });
  });

  test("tells of settings that can't be read, and lists all the same", async () => {
    state.write("agents/main/sessions/.sessionsmith/manager.json", "{");
    const { status, stderr, stdout } = await run("list", "--verbose");
    expect([status, stdout.includes("agent:main:main")]).toEqual([0, true]);
    expect(stderr).toContain("manager-settings-unreadable");
  });

  test("a file where our own directory belongs is named; lists go on", async () => {
    state.write("agents/main/sessions/.sessionsmith", "x");
    for (const name of ["list", "freshness"]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { status, stderr, stdout } = await run(name, "--verbose");
      expect([status, stdout.includes("agent:main:main")]).toEqual([0, true]);
      expect(stderr).toContain(".sessionsmith/manager.json can't be read (ENOTDIR)");
    }
    const { status, stderr } = await run("checkpoint", "list");
    expect([status, stderr]).toEqual([1, expect.stringContaining("checkpoints can't be read (ENOTDIR)")]);
  });
});

describe("chat-command", () => {
  test("makes a store where there is none, and does what a bot does", async () => {
    const store = ["--store", join(state.path, "bot/sessions.json")];
    const say = (line: string) => run("chat-command", line, "--user", "7", "--channel", "tg", ...store);
    expect(await say("/new")).toMatchObject({ status: 0, stderr: "" });
    expect(existsSync(join(state.path, "bot/sessions.json"))).toBe(true);
    expect((await say("/session")).stdout).toContain("Key: agent:main:tg:direct:7\n");
    expect((await say("/session scope peer")).stdout).toContain("Scope: per-peer.");
    expect((await say("/session")).stdout).toContain("There is no session yet");
  });

  test("tells lines that are wrong from lines that are no commands", async () => {
    const wrong = await run("chat-command", "/history x");
    expect(wrong).toMatchObject({ status: 2, stdout: "Usage: /history [export | clear]\n" });
    const none = await run("chat-command", "hello");
    expect(none).toMatchObject({ status: 2, stdout: "" });
    expect(none.stderr).toContain("no chat command");
  });
});

test("real output has exactly the keys that are documented", async () => {
  const saved = await json("checkpoint", "save", "main", "x", "--description", "d");
  const documents = new Map<JsonDocumentSpec, readonly unknown[]>([
    [checkpointDocument, [saved]],
    [checkpointListDocument, [await json("checkpoint", "list")]],
    [freshnessDocument, [await json("freshness")]],
    [chatCommandDocument, [await json("chat-command", "/session"), await json("chat-command", "/session x")]],
  ]);
  expect([...documents.keys()]).toEqual(expect.arrayContaining([...managerDocuments]));
  for (const [spec, outputs] of documents) {
    expect([...realPaths(outputs, spec)].toSorted()).toEqual(spec.keys.map(({ path }) => path).toSorted());
    for (const output of outputs)
      expect([...realPaths([output], spec)]).toEqual(expect.arrayContaining([...promisedPaths(spec)]));
  }
});
