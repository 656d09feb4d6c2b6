import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeHost, parsePlan } from "@sessionsmith/core";
import { returnedKeys } from "@sessionsmith/core/engine";
import { runCli } from "../fake-io.ts";
import { namesIn, treeOf } from "../tree-of.ts";
import { agedRow, usedRows, useStore } from "../used-store.ts";

const store = useStore();
const stay = ["agent:main:direct:new", "agent:main:telegram:group:3"];
const all = Object.keys(usedRows);
const open = async (): Promise<boolean> => true;

function setMode(mode: string): void {
  store.state().write("openclaw.json", `{ session: { maintenance: { mode: "${mode}" } } }`);
}

describe("what is done", () => {
  test("rows leave the index, transcripts become archives, sidecars go to the trash, and undo brings all back", async () => {
    const before = treeOf(store.state().path);
    const done = await store.json("cleanup", "--enforce");
    expect(done).toMatchObject({
      mode: "enforce",
      dryRun: false,
      beforeCount: 4,
      afterCount: 2,
      pruned: 2,
      applied: true,
      appliedCount: 2,
      historyRecorded: true,
      errors: [],
      wouldApply: true,
    });
    expect(store.keys()).toEqual(stay);
    expect(namesIn(store.at("."))).toEqual([
      "s1.jsonl",
      "s2.jsonl.deleted.STAMP",
      "s3.jsonl",
      "s4.jsonl.deleted.STAMP",
      "sessions.json",
    ]);
    const undone = await store.json("undo", done.operationId);
    expect(undone).toMatchObject({
      undoes: done.operationId,
      rows: 2,
      files: 3,
      conflicts: [],
      warnings: [],
    });
    expect(treeOf(store.state().path)).toEqual(before);
  });

  test("the plan that a preview prints is the one that is done", async () => {
    const { digest, ...preview } = await store.json("cleanup", "--dry-run", "--details");
    const done = await store.json("cleanup", "--enforce", "--details");
    expect(done.digest).toBe(digest);
    for (const name of ["beforeCount", "afterCount", "pruned", "labels"])
      expect(done[name]).toEqual(preview[name]);
  });

  test("each session that ends has a line in the ledger", async () => {
    await store.json("cleanup", "--enforce");
    const lines = readFileSync(store.at(".sessionsmith/ledger.jsonl"), "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { type: "ended", key: "agent:main:direct:old", sessionId: "s2", reason: "prune-stale", totalTokens: 7 },
      { type: "ended", key: "agent:main:direct:older", sessionId: "s4" },
    ]);
  });

  test.each<[string, string, readonly string[], readonly string[]]>([
    ["mode warn alone", "warn", [], all],
    ["mode warn and --enforce", "warn", ["--enforce"], stay],
    ["mode warn and --older-than, an order by hand", "warn", ["--older-than", "55d"], all.slice(0, 3)],
    ["mode warn, --older-than and --dry-run", "warn", ["--older-than", "55d", "--dry-run"], all],
    ["mode enforce alone", "enforce", [], stay],
    ["mode enforce and --dry-run", "enforce", ["--dry-run"], all],
  ])("%s", async (_, mode, argv, keys) => {
    setMode(mode);
    expect((await store.run(["cleanup", ...argv])).status).toBe(0);
    expect(store.keys()).toEqual(keys);
  });

  test("the text says what was done, and how it is taken back", async () => {
    const { stdout, stderr } = await store.run(["cleanup", "--enforce"]);
    expect(stdout).toMatch(
      /\nPruned stale: 2\n(?:.*: 0\n)+Done as operation (\S+); `sessionsmith undo \1` takes it back\.\n/,
    );
    expect(stdout).toContain("\nSession actions:\n");
    expect(stderr).toBe("");
  });

  test("nothing to do is done without an operation", async () => {
    await store.json("cleanup", "--enforce");
    expect(await store.json("cleanup", "--enforce")).toMatchObject({
      applied: true,
      appliedCount: 2,
      operationId: null,
      historyRecorded: false,
    });
    expect((await store.json("operations")).operations).toHaveLength(1);
  });

  test("what another agent's row or a fork needs stays, though its row leaves", async () => {
    const { state } = store;
    state().write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "work" }] } }`);
    state().writeStore("work", {
      "agent:work:direct:x": agedRow(9, 1, { sessionFile: store.at("s2.jsonl") }),
    });
    writeFileSync(store.at("s1.jsonl"), `{"type":"session","id":"s1","parentSession":"s4"}\n`);
    await store.json("cleanup", "--enforce");
    expect(store.keys()).toEqual(stay);
    expect(namesIn(store.at("."))).toEqual(
      expect.arrayContaining(["s2.jsonl", "s2.trajectory.jsonl", "s4.jsonl"]),
    );
  });
});

describe("what holds it back", () => {
  test("a guard: exit 15 and nothing is touched, until it is confirmed", async () => {
    const many = Array.from({ length: 12 }, (_, n) => [`agent:main:direct:${n}`, agedRow(n, 40)] as const);
    store
      .state()
      .writeStore("main", { ...Object.fromEntries(many), "agent:main:direct:new": agedRow(99, 1) });
    const before = treeOf(store.state().path);
    const refused = await store.run(["cleanup", "--enforce"]);
    expect(refused).toMatchObject({ status: 15, stdout: "" });
    expect(refused.stderr).toContain("add --allow-mass");
    expect(treeOf(store.state().path)).toEqual(before);
    expect(await store.json("cleanup", "--dry-run", "--allow-mass")).toMatchObject({ blockedBy: [] });
    expect((await store.run(["cleanup", "--enforce", "--allow-mass"])).status).toBe(0);
    expect(store.keys()).toEqual(["agent:main:direct:new"]);
  });

  test("one bad store among several: the others are done, exit 3", async () => {
    store
      .state()
      .write("openclaw.json", `{ agents: { list: [{ id: "bad" }, { id: "main" }, { id: "none" }] } }`);
    store.state().write("agents/bad/sessions/sessions.json", "{");
    const { status, stdout } = await store.run(["cleanup", "--enforce", "--all-agents", "--json"]);
    expect(status).toBe(3);
    expect(JSON.parse(stdout).stores).toMatchObject([
      { agentId: "bad", error: { code: "E_CORRUPT_INDEX" } },
      { agentId: "main", applied: true, afterCount: 2 },
      { agentId: "none", applied: true, operationId: null },
    ]);
    expect(namesIn(store.at("."))).toContain("s2.jsonl");
  });

  test("a signal before the switch: exit 130, everything is as it was", async () => {
    const before = treeOf(store.state().path);
    const { status, stdout, stderr } = await store.run(["cleanup", "--enforce"], {
      signal: AbortSignal.abort(),
    });
    expect({ status, stdout }).toEqual({ status: 130, stdout: "" });
    expect(stderr).toContain("Interrupted.");
    expect(treeOf(store.state().path)).toEqual(before);
    expect((await store.json("operations")).operations).toMatchObject([{ state: "rolled-back" }]);
  });

  test("a signal among several stores: no further store is begun, exit 130", async () => {
    store.state().write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "work" }] } }`);
    store.state().writeStore("work", usedRows);
    const signal = AbortSignal.abort();
    const { status, stdout } = await store.run(["cleanup", "--enforce", "--all-agents", "--json"], {
      signal,
    });
    expect(status).toBe(130);
    expect(JSON.parse(stdout).stores).toMatchObject([{ agentId: "main", error: { code: "E_INTERRUPTED" } }]);
  });
});

describe("a running gateway", () => {
  test("that answers on the port holds back, and says which port", async () => {
    store.state().write("openclaw.json", `{ gateway: { port: 4711, auth: { token: "\${X}" } } }`);
    const asked: number[] = [];
    const probePort = async (port: number): Promise<boolean> => {
      asked.push(port);
      return true;
    };
    const refused = await store.run(["cleanup", "--enforce"], { probePort });
    expect(refused).toMatchObject({ status: 11, stdout: "" });
    expect(refused.stderr).toMatch(/port 4711 answers .* Nothing was changed\.\n.*--while-running/);
    expect(asked).toEqual([4711]);
    expect(store.keys()).toEqual(all);
  });

  test("does not hold back --while-running, a preview, or a copy elsewhere", async () => {
    const probePort = open;
    expect((await store.run(["cleanup", "--dry-run"], { probePort })).status).toBe(0);
    expect((await store.run(["cleanup", "--enforce", "--while-running"], { probePort })).status).toBe(0);
    expect(store.keys()).toEqual(stay);
    const place = ["--store", store.at("sessions.json"), "--state-dir", join(store.state().path, "work")];
    const argv = ["cleanup", "--older-than", "1h", "--allow-mass", ...place];
    expect((await runCli(argv, { host: store.host(), probePort })).status).toBe(0);
    expect(store.keys()).toEqual(stay.slice(1));
  });

  test("that holds the lock of a transcript holds back; beside it, what is locked stays", async () => {
    store.state().write("agents/main/sessions/s2.jsonl.lock", JSON.stringify({ pid: process.pid }));
    const refused = await store.run(["cleanup", "--enforce"]);
    expect(refused).toMatchObject({ status: 11, stdout: "" });
    expect(refused.stderr).toContain("s2.jsonl.lock is held by a live process");
    await store.json("cleanup", "--enforce", "--while-running");
    expect(store.keys()).toEqual([...stay.slice(0, 1), "agent:main:direct:old", ...stay.slice(1)]);
  });

  test("files that stay behind because of a link that leads outside are told", async () => {
    store.state().write("elsewhere/x.jsonl", "{}\n");
    symlinkSync(store.at("../../../elsewhere/x.jsonl"), store.at("link.jsonl"));
    const preview = await store.run(["cleanup"]);
    expect(preview.status).toBe(0);
    const run = await store.run(["cleanup", "--enforce"]);
    expect(run.status).toBe(3);
    for (const { stderr } of [preview, run])
      expect(stderr).toMatch(/3 files of sessions that leave stay.* can't be read \(.*link\.jsonl\)/);
  });

  test("rows that it wrote back are found", () => {
    const decision = { sessionId: undefined, reasons: [], ageMs: null };
    const rows = all.map((key) => ({ ...decision, key, action: "prune-stale" as const }));
    const kept = { ...decision, key: "agent:main:direct:new", action: "keep" as const };
    const index = { sha256: "", size: 0, dev: "", ino: "", mtimeNs: "" };
    const place = { agentId: "main", indexPath: store.at("sessions.json"), realDir: store.at("."), index };
    const part = { store: place, rows: [kept], files: [], steps: [], blockedBy: [] };
    expect(returnedKeys(nodeHost().fs, part)).toEqual([]);
    expect(returnedKeys(nodeHost().fs, { ...part, rows: rows.slice(1) })).toEqual(all.slice(1));
  });

  test("a row that stayed without its transcript, and that it wrote back without the mark, is found", async () => {
    const rule = '{ match: { key: "*:old" }, stage: "metadata" }';
    store.state().write("sessionsmith.json5", `{ session: { maintenance: { rules: [${rule}] } } }`);
    const path = store.at("../plan.json");
    expect((await store.run(["cleanup", "--plan-out", path])).status).toBe(0);
    const plan = parsePlan(readFileSync(path, "utf8"));
    const index = readFileSync(store.at("sessions.json"));
    await store.json("apply", path);
    const returned = () => plan.parts.flatMap((part) => returnedKeys(nodeHost().fs, part));
    expect(returned()).toEqual([]);
    writeFileSync(store.at("sessions.json"), index);
    expect(returned()).toEqual(["agent:main:direct:old", "agent:main:direct:older"]);
  });
});
