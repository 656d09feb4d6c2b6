import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { treeOf } from "../tree-of.ts";
import { interruptCleanup } from "../interrupted-operation.ts";
import { agedRow, usedRows, useStore } from "../used-store.ts";

const store = useStore();
const stay = ["agent:main:direct:new", "agent:main:telegram:group:3"];

async function cleanUp(): Promise<string> {
  const { operationId } = await store.json("cleanup", "--enforce");
  return operationId;
}

describe("undo", () => {
  test("--dry-run says what would come back, and changes nothing", async () => {
    const id = await cleanUp();
    const before = treeOf(store.at("."));
    const preview = await store.json("undo", id, "--dry-run");
    expect(preview).toMatchObject({ undoes: id, operationId: null, dryRun: true, rows: 2, files: 3 });
    expect((await store.run(["undo", id, "--dry-run"])).stdout).toBe(
      `Would take back of operation ${id}: 2 session rows and 3 files.\n`,
    );
    expect(treeOf(store.at("."))).toEqual(before);
  });

  test("an undo can be undone, and what it undid is done again", async () => {
    const id = await cleanUp();
    const cleaned = treeOf(store.at("."));
    const undone = await store.json("undo", id);
    const again = await store.json("undo", undone.operationId);
    expect(store.keys()).toEqual(stay);
    expect([...treeOf(store.at(".")).keys()]).toEqual([...cleaned.keys()]);
    const { operations } = await store.json("operations");
    expect(operations).toMatchObject([
      { id: again.operationId, command: "undo", state: "done" },
      { id: undone.operationId, command: "undo", state: "undone", undoneBy: again.operationId },
      { id, command: "cleanup", state: "done", undoneBy: null },
    ]);
  });

  test("a second time there is nothing left to take back", async () => {
    const id = await cleanUp();
    await store.json("undo", id);
    expect((await store.run(["undo", id])).stdout).toBe(`Nothing is left to take back of operation ${id}.\n`);
    expect((await store.json("operations")).operations).toHaveLength(2);
  });

  test("conflicts: nothing is done without --skip-conflicts, the rest with it and exit 3", async () => {
    const id = await cleanUp();
    const index = JSON.parse(readFileSync(store.at("sessions.json"), "utf8"));
    index["agent:main:direct:old"] = agedRow(8, 0);
    store.state().write("agents/main/sessions/sessions.json", JSON.stringify(index, null, 2));
    const before = treeOf(store.at("."));
    const refused = await store.run(["undo", id, "--json"]);
    expect(refused).toMatchObject({ status: 15, stdout: "" });
    const conflicts = [
      { kind: "file", path: expect.stringMatching(/^s2\.jsonl\.deleted/), why: "session-stays" },
      { kind: "file", path: expect.stringMatching(/000003$/), why: "session-stays" },
      { kind: "row", key: "agent:main:direct:old", why: "taken" },
    ];
    expect(JSON.parse(refused.stderr).error.details.conflicts).toEqual(conflicts);
    const refusal = "without --skip-conflicts nothing would be taken back (exit 15)";
    const preview = await store.run(["undo", id, "--dry-run"]);
    expect(preview).toMatchObject({ status: 0, stderr: expect.stringContaining(refusal) });
    expect((await store.run(["undo", id, "--dry-run", "--skip-conflicts"])).stderr).not.toContain(refusal);
    expect(treeOf(store.at("."))).toEqual(before);
    const partly = await store.run(["undo", id, "--skip-conflicts", "--json"]);
    expect(partly.status).toBe(3);
    expect(JSON.parse(partly.stdout)).toMatchObject({ rows: 1, files: 1, conflicts });
    expect(partly.stderr).toContain("left as it is: session agent:main:direct:old (its place is taken)");
    expect(store.keys()).toEqual([...stay, "agent:main:direct:old", "agent:main:direct:older"]);
    expect(existsSync(store.at("s2.jsonl"))).toBe(false);
    expect(existsSync(store.at("s4.jsonl"))).toBe(true);
    expect((await store.json("operations")).operations).toMatchObject([
      { state: "done" },
      { id, state: "partly-undone" },
    ]);
    expect(await store.run(["undo", id, "--skip-conflicts"])).toMatchObject({
      status: 3,
      stdout: `Nothing was taken back of operation ${id}: all that is left of it has to stay as it is.\n`,
      stderr: expect.stringContaining("left as it is: session agent:main:direct:old"),
    });
  });

  test("a row never comes back without its transcript", async () => {
    const id = await cleanUp();
    writeFileSync(store.at("s4.jsonl"), "a new one\n");
    const partly = await store.run(["undo", id, "--skip-conflicts"]);
    expect(partly).toMatchObject({ status: 3 });
    expect(partly.stderr).toContain("left as it is: file s4.jsonl (its place is taken)");
    expect(partly.stderr).toContain("session agent:main:direct:older (its transcript stays as it is)");
    expect(store.keys()).toEqual([...stay, "agent:main:direct:old"]);
    expect(readFileSync(store.at("s4.jsonl"), "utf8")).toBe("a new one\n");
  });

  test("what was brought back twice stays with the rows that need it", async () => {
    const id = await cleanUp();
    const restored = await store.json("trash", "restore", id);
    await store.json("undo", id);
    const before = treeOf(store.at("."));
    expect(await store.run(["undo", restored.operationId])).toMatchObject({ status: 15 });
    expect(treeOf(store.at("."))).toEqual(before);
  });

  test("an operation whose undo was undone can be undone again, as often as one likes", async () => {
    const before = treeOf(store.at("."));
    const id = await cleanUp();
    for (let round = 0; round < 3; round += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const undone = await store.json("undo", id);
      expect(undone).toMatchObject({ rows: 2, files: 3, conflicts: [] });
      expect([...treeOf(store.at(".")).keys()]).toEqual([...before.keys()]);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await store.json("undo", undone.operationId);
    }
  });

  test("finds the operation in any store of the state directory", async () => {
    store.state().write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "work" }] } }`);
    store.state().writeStore("work", usedRows);
    const { operationId } = await store.json("cleanup", "--enforce", "--agent", "work");
    expect(await store.json("undo", operationId)).toMatchObject({ rows: 2 });
  });

  test.each([["../../../sessions.json"], ["20261120T101500123Z-00000000"]])(
    "%s is no operation: exit 10",
    async (id) => {
      await cleanUp();
      expect(await store.run(["undo", id])).toMatchObject({ status: 10, stdout: "" });
    },
  );

  test("a running gateway holds it back", async () => {
    const id = await cleanUp();
    const refused = await store.run(["undo", id], { probePort: async () => true });
    expect(refused).toMatchObject({ status: 11, stdout: "" });
    expect(refused.stderr).toMatch(/\nStop the gateway, then/);
    expect(store.keys()).toEqual(stay);
  });

  test("sessions that have moved into a database: exit 15", async () => {
    const id = await cleanUp();
    store.state().write("agents/main/session-sqlite-import-archive/sessions.json", "{}");
    expect(await store.run(["undo", id])).toMatchObject({ status: 15, stdout: "" });
  });

  test("an index that can't be read: exit 12", async () => {
    const id = await cleanUp();
    renameSync(store.at("sessions.json"), store.at("aside"));
    writeFileSync(store.at("sessions.json"), "");
    expect(await store.run(["undo", id])).toMatchObject({ status: 12, stdout: "" });
  });
});

describe("an interrupted operation", () => {
  test.each([
    ["before", "rolled-back", Object.keys(usedRows)],
    ["after", "finished", stay],
  ] as const)("%s the switch is %s by recover", async (when, outcome, keys) => {
    const id = await interruptCleanup(store, when);
    expect(await store.json("recover")).toEqual({
      recovered: [{ id, agentId: "main", outcome, warnings: [] }],
    });
    expect(store.keys()).toEqual(keys);
    expect((await store.run(["recover"])).stdout).toBe("Nothing was interrupted.\n");
  });

  test("readers warn of it, and change nothing", async () => {
    const id = await interruptCleanup(store, "after");
    const before = treeOf(store.at("."));
    for (const argv of [["list"], ["cleanup", "--dry-run"], ["operations"], ["trash", "list"]]) {
      // oxlint-disable-next-line no-await-in-loop -- one command after the other
      const { status, stderr } = await store.run(argv);
      expect(status).toBe(0);
      expect(stderr).toContain(
        `sessionsmith: agent main: operation ${id} (cleanup) was interrupted; \`sessionsmith recover\` finishes it`,
      );
    }
    expect((await store.run(["list", "--quiet"])).stderr).toBe("");
    expect(treeOf(store.at("."))).toEqual(before);
  });

  test.each(["before", "after"] as const)(
    "%s the switch: the next cleanup recovers first, and says so",
    async (when) => {
      const id = await interruptCleanup(store, when);
      const { status, stderr } = await store.run(["cleanup", "--enforce"]);
      expect(status).toBe(0);
      const outcome = when === "before" ? "taken back" : "finished";
      expect(stderr).toBe(`sessionsmith: the interrupted operation ${id} was ${outcome}\n`);
      expect(store.keys()).toEqual(stay);
    },
  );

  test("undo finishes it, and then takes it back", async () => {
    const before = treeOf(store.at("."));
    const id = await interruptCleanup(store, "after");
    const { status, stderr } = await store.run(["undo", id]);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `sessionsmith: the interrupted operation ${id} was finished\n`,
    });
    expect(treeOf(store.at("."))).toEqual(before);
  });

  test.each([
    [-2, "the end of its journal was lost; `sessionsmith recover` writes it again.", 0],
    [1, "its journal has lost more than its end; `sessionsmith recover` tells what helps.", 14],
  ])("a journal that was cut at line %s: readers say what recover does", async (to, words, status) => {
    const id = await cleanUp();
    const journal = store.at(`.sessionsmith/operations/${id}/journal.jsonl`);
    const cut = readFileSync(journal, "utf8").split("\n").slice(0, to);
    writeFileSync(journal, `${cut.join("\n")}\n`);
    expect((await store.run(["list"])).stderr).toBe(
      `sessionsmith: agent main: operation ${id} (cleanup) is over, but ${words}\n`,
    );
    expect((await store.run(["recover"])).status).toBe(status);
  });

  test("a damaged journal: exit 14, readers warn", async () => {
    const id = await interruptCleanup(store, "after");
    const journal = store.at(`.sessionsmith/operations/${id}/journal.jsonl`);
    const lines = readFileSync(journal, "utf8").split("\n");
    writeFileSync(journal, lines.with(1, "damage").join("\n"));
    expect((await store.run(["recover"])).status).toBe(14);
    expect((await store.run(["cleanup", "--enforce"])).status).toBe(14);
    const list = await store.run(["list"]);
    expect(list.status).toBe(0);
    expect(list.stderr).toContain("is damaged at byte");
  });
});

const line = (n: number) => `{"type":"message","id":"m${n}","message":{"role":"user","content":"x"}}\n`;
const header = '{"type":"session","version":3,"id":"s1","timestamp":"2026-11-20T00:00:00.000Z","cwd":"/"}\n';

test("a transcript that a process works on is not replaced, in a store of no gateway either", async () => {
  const elsewhere = (name: string) => join(store.state().path, "elsewhere", name);
  const [index, transcript] = [elsewhere("sessions.json"), elsewhere("s1.jsonl")];
  store.state().write("elsewhere/sessions.json", '{"agent:main:a":{"sessionId":"s1","updatedAt":1}}');
  store.state().write("elsewhere/s1.jsonl", header + line(1) + line(2) + line(3));
  const { operationId } = await store.json("compact", "agent:main:a", "--max-lines", "1", "--store", index);
  const compacted = readFileSync(transcript, "utf8");
  store.state().write("elsewhere/s1.jsonl.lock", JSON.stringify({ pid: process.pid }));
  const { status, stderr } = await store.run(["undo", operationId, "--store", index]);
  expect({ status, text: readFileSync(transcript, "utf8") }).toEqual({ status: 11, text: compacted });
  expect(stderr).toContain("s1.jsonl");
});
