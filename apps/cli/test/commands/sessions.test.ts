import { linkSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { treeOf } from "../tree-of.ts";
import { agedRow, useStore } from "../used-store.ts";

const store = useStore();
const one = "agent:main:direct:new";

/** A second agent, a shared session id, a main session and a doubled label. */
function fill(): void {
  store
    .state()
    .write("openclaw.json", JSON.stringify({ agents: { list: [{ id: "main" }, { id: "work" }] } }));
  store.state().writeStore("main", {
    [one]: agedRow(1, 1, { label: "Ann" }),
    "agent:main:main": agedRow(2, 1),
    "agent:main:cron:a": agedRow(3, 1),
    "agent:main:cron:a:run:1": agedRow(3, 1),
    "agent:main:subagent:7": agedRow(4, 1),
  });
  store.state().writeStore("work", {
    "agent:work:main": agedRow(5, 1, { label: "Ann" }),
    "agent:work:x": agedRow(6, 1),
  });
}

const error = (text: string): { readonly code: string; readonly details: Record<string, unknown> } =>
  JSON.parse(text).error;

const probePort = async () => true;

describe("finding a session", () => {
  test("a word that means several lists them, and changes nothing", async () => {
    fill();
    const before = treeOf(store.state().path);
    for (const line of [
      ["patch", "agent:main:cron:*", "label=x"],
      ["reset", "s3"],
      ["compact", "Ann", "--max-lines", "1", "--all-agents"],
      ["delete", "Ann", "--all-agents"],
      ["show", "s3"],
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { status, stdout, stderr } = await store.run([...line, "--json"]);
      expect([line[0], status, stdout]).toEqual([line[0], 2, ""]);
      expect(error(stderr).details["candidates"]).toHaveLength(2);
    }
    expect(treeOf(store.state().path)).toEqual(before);
  });

  test("one that means none is not found", async () => {
    for (const line of [
      ["show", "nobody"],
      ["resolve", "nobody"],
      ["patch", "nobody", "label=x"],
      ["reset", "nobody"],
      ["delete", "nobody"],
      ["compact", "nobody", "--max-lines", "1"],
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { status, stdout, stderr } = await store.run(line);
      expect([line[0], status, stdout]).toEqual([line[0], 10, ""]);
      expect(stderr).toContain('There is no session "nobody".');
    }
  });

  test("a key that names an agent is looked for in its store, any other word in that of the default agent", async () => {
    fill();
    expect(await store.json("resolve", "agent:work:x")).toMatchObject({
      key: "agent:work:x",
      agentId: "work",
    });
    expect((await store.run(["resolve", "s6"])).status).toBe(10);
    expect(await store.json("resolve", "s6", "--all-agents")).toMatchObject({
      key: "agent:work:x",
      by: "session-id",
    });
    expect((await store.run(["resolve", "agent:work:x", "--agent", "main"])).status).toBe(10);
    expect((await store.run(["resolve", "Ann", "--as", "key"])).status).toBe(10);
  });

  test("several sessions are previewed at once, missing ones too", async () => {
    fill();
    const { previews } = await store.json("preview", "Ann", "nobody");
    expect(previews).toEqual([
      { key: one, status: "empty", items: [] },
      { key: "nobody", status: "missing", items: [] },
    ]);
    expect((await store.run(["preview", "Ann", "--messages", "51"])).status).toBe(2);
  });
});

describe("changing a session", () => {
  test("a preview changes nothing, not even the directory", async () => {
    fill();
    const before = treeOf(store.state().path);
    const lines = [
      ["patch", "Ann", "label=x"],
      ["reset", "Ann"],
      ["delete", "Ann"],
      ["compact", "Ann", "--max-lines", "1"],
      ["create"],
    ];
    store
      .state()
      .write("agents/main/sessions/s1.jsonl", '{"type":"session","version":3,"id":"s1"}\n{}\n{}\n');
    const written = treeOf(store.state().path);
    expect(written).not.toEqual(before);
    for (const line of lines) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await store.json(...line, "--dry-run")).toMatchObject({
        ok: true,
        dryRun: true,
        operationId: null,
      });
    }
    expect(treeOf(store.state().path)).toEqual(written);
  });

  test("a patch that clears says whether there was anything", async () => {
    fill();
    const clear = ["patch", one, "label="];
    expect((await store.run(clear)).stdout).toContain("\n  label: cleared\n");
    expect((await store.run(clear)).stdout).toContain("\n  label: was not set, so nothing changed\n");
  });

  test("while a gateway runs nothing is changed, and a preview still shows", async () => {
    const before = treeOf(store.state().path);
    const lines = [
      ["patch", "Ann", "label=x"],
      ["reset", "Ann"],
      ["delete", "Ann"],
      ["create"],
      ["call", "sessions.patch", '{"key":"main","fastMode":true}'],
      ["call", "sessions.cleanup", '{"enforce":true}'],
    ];
    for (const line of lines) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { status, stderr } = await store.run(line, { probePort });
      expect([...line, status]).toEqual([...line, 11]);
      expect(stderr).toContain("A gateway is running on");
    }
    expect(treeOf(store.state().path)).toEqual(before);
    expect((await store.run(["reset", "Ann", "--dry-run"], { probePort })).status).toBe(0);
  });

  test("with --while-running, orders to rows that nobody uses are carried out beside a gateway, and no others", async () => {
    fill();
    const beside = (...line: readonly string[]) => store.run([...line, "--while-running"], { probePort });
    for (const line of [
      ["patch", "agent:main:direct:new", "thinkingLevel=high"],
      ["delete", "agent:main:subagent:7", "--if-kind", "subagent"],
      ["create", "--key", "explicit:made"],
      ["refresh", "agent:main:explicit:made"],
      ["call", "sessions.delete", '{"key":"agent:main:cron:a:run:1"}'],
      ["call", "prune_sessions", '{"max_age_minutes":60}'],
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect([...line, (await beside(...line)).status]).toEqual([...line, 0]);
    }
    expect(store.keys()).toEqual(["agent:main:direct:new", "agent:main:main", "agent:main:explicit:made"]);
    expect((await beside("call", "sessions.reset", '{"key":"agent:main:main"}')).status).toBe(11);
    store.state().write("agents/main/sessions/s1.jsonl.lock", JSON.stringify({ pid: process.pid }));
    const refused = await beside("delete", "agent:main:direct:new");
    expect(refused.status).toBe(11);
    expect(store.keys()).toContain("agent:main:direct:new");
  });

  test("an answer that holds errors ends with exit 3, and they are told", async () => {
    fill();
    const prune = ["call", "prune_sessions", '{"max_age_minutes":60}'];
    const beside = await store.run(prune, { probePort });
    expect([beside.status, JSON.parse(beside.stdout).pruned_count]).toEqual([3, 0]);
    expect(beside.stderr).toContain("sessionsmith: main: A gateway is running on");
    store.state().write("agents/main/sessions/sessions.json", '{"a":');
    const broken = await store.run(prune);
    expect(JSON.parse(broken.stdout).errors).toMatchObject([{ id: "main" }]);
    expect(broken.stderr).toMatch(/^sessionsmith: main: .*\n$/);
    expect(broken.status).toBe(3);
    expect((await store.run([...prune, "--dry-run"])).status).toBe(3);
  });

  test("a preview of a cleanup only tells what would be left, as the command does", async () => {
    linkSync(store.at("s2.trajectory.jsonl"), join(store.state().path, "further.jsonl"));
    const told = expect.stringContaining("stay where they are");
    const statusOf = async (...argv: readonly string[]) => {
      const { status, stderr } = await store.run(argv);
      expect(stderr).toEqual(told);
      return status;
    };
    expect(await statusOf("cleanup", "--dry-run")).toBe(0);
    expect(await statusOf("call", "sessions.cleanup", '{"enforce":true}', "--dry-run")).toBe(0);
    const all = '{"enforce":true,"allAgents":true}';
    expect(await statusOf("call", "sessions.cleanup", all, "--dry-run")).toBe(0);
    expect(await statusOf("call", "sessions.cleanup", '{"enforce":true}')).toBe(3);
  });

  test("so does one of prune_sessions", async () => {
    store.state().writeStore("main", { "agent:main:cron:job": agedRow(5, 9) });
    linkSync(store.at("s5.jsonl"), join(store.state().path, "further.jsonl"));
    const preview = await store.run(["call", "prune_sessions", '{"dry_run":true}']);
    expect(preview).toMatchObject({ status: 0, stderr: expect.stringContaining("stay where they are") });
    expect((await store.run(["call", "prune_sessions"])).status).toBe(3);
  });

  test("a method can be previewed", async () => {
    const before = treeOf(store.state().path);
    expect(await store.json("call", "sessions.cleanup", '{"enforce":true}', "--dry-run")).toMatchObject({
      dryRun: true,
      wouldMutate: true,
    });
    expect(
      await store.json("call", "sessions.delete", '{"key":"agent:main:direct:old"}', "--dry-run"),
    ).toMatchObject({
      dryRun: true,
      removedKeys: ["agent:main:direct:old"],
    });
    expect(treeOf(store.state().path)).toEqual(before);
  });

  test("a session id means all its rows, a key one", async () => {
    fill();
    expect(await store.json("delete", "agent:main:cron:a:run:1", "--dry-run")).toMatchObject({
      removedKeys: ["agent:main:cron:a:run:1"],
      archived: [],
    });
    expect(await store.json("delete", "s3")).toMatchObject({
      removedKeys: ["agent:main:cron:a", "agent:main:cron:a:run:1"],
      archived: [expect.stringContaining("s3.jsonl.deleted.")],
    });
    expect(store.keys()).not.toContain("agent:main:cron:a");
  });

  test("the main session is refused, and a session of another kind is left", async () => {
    fill();
    expect((await store.run(["delete", "main"])).status).toBe(15);
    expect((await store.run(["delete", "s2"])).status).toBe(15);
    expect(await store.json("delete", "Ann", "--if-kind", "subagent")).toMatchObject({
      deleted: false,
      keptKeys: [one],
    });
    expect(await store.json("delete", "s4", "--if-kind", "subagent")).toMatchObject({ deleted: true });
  });

  test.each([
    [["patch", "Ann"], "patch needs a field=value or a --clear"],
    [["patch", "Ann", "sessionId=x"], "unexpected property 'sessionId'"],
    [["patch", "Ann", "thinking_level=high"], "The field is called thinkingLevel."],
    [["compact", "Ann"], "compact needs --max-lines"],
    [["compact", "Ann", "--max-lines", "0"], "at least 1"],
    [["delete", "Ann", "--trash", "--keep-transcript"], "can't be combined"],
    [["create", "--all-agents"], "a session is created in one store"],
    [["create", "--label", "Ann"], "label already in use: Ann"],
    [["create", "--id-form", "x"], "--id-form does not know"],
    [["call", "sessions.list", "{"], "the parameters are not JSON"],
    [["call", "sessions.lits"], "unknown method: sessions.lits"],
    [["call", "sessions.list", '{"limit":0}'], "at /limit: must be >= 1"],
  ])("%j is a mistake", async (line, message) => {
    fill();
    const before = treeOf(store.state().path);
    const { status, stdout, stderr } = await store.run(line);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(treeOf(store.state().path)).toEqual(before);
  });

  test("a session is created in a store that is not there, under a key of its form", async () => {
    fill();
    const made = await store.json(
      "create",
      "--agent",
      "work",
      "--id-form",
      "hex12",
      "--set",
      "thinkingLevel=LOW",
    );
    expect(made).toMatchObject({
      key: expect.stringMatching(/^agent:work:explicit:[0-9a-f]{12}$/),
      entry: { thinkingLevel: "low" },
    });
    const index: unknown = JSON.parse(
      readFileSync(join(store.state().path, "agents", "work", "sessions", "sessions.json"), "utf8"),
    );
    expect(index).toHaveProperty([made.key]);
    const other = await store.json("create", "--store", `${store.state().path}/elsewhere/sessions.json`);
    expect(other.key).toMatch(/^agent:main:explicit:/);
  });
});
