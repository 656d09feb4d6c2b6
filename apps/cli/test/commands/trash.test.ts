import { readFileSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { namesIn } from "../tree-of.ts";
import { useStore } from "../used-store.ts";

const store = useStore();

async function cleanUp(): Promise<string> {
  const { operationId } = await store.json("cleanup", "--enforce");
  return operationId;
}

describe("operations", () => {
  test("a table, newest first", async () => {
    expect((await store.run(["operations"])).stdout).toBe("No operations.\n");
    const id = await cleanUp();
    const { stdout } = await store.run(["operations"]);
    const [header, line] = stdout.split("\n");
    expect(header).toMatch(/^Id +Time +Command +Rows +Files +Bytes +State$/);
    expect(line).toMatch(new RegExp(`^${id} +2026-\\S+Z +cleanup +2 +3 +3 B +done$`));
  });

  test("an agent without a store: exit 10", async () => {
    store.state().write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "none" }] } }`);
    expect((await store.run(["operations", "--agent", "none"])).status).toBe(10);
    expect((await store.run(["operations", "--all-agents"])).status).toBe(0);
  });
});

describe("trash list", () => {
  test("what an operation retired, and the index as it found it", async () => {
    expect((await store.run(["trash", "list"])).stdout).toBe("The trash is empty.\n");
    const id = await cleanUp();
    const { count, totalBytes, files } = await store.json("trash", "list");
    expect({ count, totalBytes }).toEqual({ count: 2, totalBytes: 3 + files[1].bytes });
    expect(files).toMatchObject([
      { operationId: id, agentId: "main", name: "s2.trajectory.jsonl", bytes: 3, reason: "prune-stale" },
      { operationId: id, name: "sessions.json", reason: "index before the operation" },
    ]);
    expect(readFileSync(files[0].path, "utf8")).toBe("{}\n");
    expect((await store.run(["trash", "list"])).stdout).toMatch(/\n\n2 files, \d+ B\n$/);
  });
});

describe("trash restore", () => {
  test("gives the files their names back and leaves the rows; undo brings these back too", async () => {
    const id = await cleanUp();
    const restored = await store.json("trash", "restore", id);
    expect(restored).toMatchObject({ undoes: id, rows: 0, files: 3, conflicts: [] });
    expect(store.keys()).toHaveLength(2);
    const names = ["s1.jsonl", "s2.jsonl", "s2.trajectory.jsonl", "s3.jsonl", "s4.jsonl", "sessions.json"];
    expect(namesIn(store.at("."))).toEqual(names);
    expect((await store.json("operations")).operations).toMatchObject([
      { command: "trash restore", state: "done" },
      { id, state: "done" },
    ]);
    expect(await store.json("undo", id)).toMatchObject({ rows: 2, files: 0 });
    expect(store.keys()).toHaveLength(4);
    expect(namesIn(store.at("."))).toEqual(names);
  });

  test("a name that is taken by now is a conflict", async () => {
    const id = await cleanUp();
    writeFileSync(store.at("s2.jsonl"), "a new one\n");
    expect((await store.run(["trash", "restore", id])).status).toBe(15);
    const partly = await store.run(["trash", "restore", id, "--skip-conflicts", "--json"]);
    expect(partly.status).toBe(3);
    expect(JSON.parse(partly.stdout)).toMatchObject({
      files: 2,
      conflicts: [{ path: "s2.jsonl", why: "taken" }],
    });
    expect(readFileSync(store.at("s2.jsonl"), "utf8")).toBe("a new one\n");
  });
});

describe("trash purge", () => {
  test("nothing before its time", async () => {
    await cleanUp();
    expect((await store.run(["trash", "purge"])).stdout).toBe("Nothing is old enough to be purged.\n");
  });

  test.each([
    ["old enough", ["--older-than", "1ms"]],
    ["by name", ["--operation"]],
  ])("%s: says what is freed, and it is gone", async (_, flags) => {
    const id = await cleanUp();
    const argv = ["trash", "purge", ...flags, ...(flags.includes("--operation") ? [id] : [])];
    const preview = await store.json(...argv, "--dry-run");
    expect(preview).toMatchObject({ dryRun: true, purged: [{ id, files: 1 }] });
    expect((await store.json("trash", "list")).count).toBe(2);
    expect(await store.json(...argv)).toEqual({ ...preview, dryRun: false });
    expect((await store.run(["trash", "list"])).stdout).toBe("The trash is empty.\n");
    expect((await store.run(["undo", id])).status).toBe(10);
    expect(namesIn(store.at("."))).toContain("s2.jsonl.deleted.STAMP");
  });

  test("the text sums up", async () => {
    await cleanUp();
    const { stdout } = await store.run(["trash", "purge", "--older-than", "1ms"]);
    expect(stdout).toMatch(/^Operation +Files +Freed\n\S+ +1 +\d+ B\n\nFreed \d+ B\.\n$/);
  });

  test.each([
    [["--operation", "x", "--older-than", "1d"], 2],
    [["--operation", "20261120T101500123Z-00000000"], 10],
    [["--older-than", "0d"], 2],
  ])("%j ends with %i", async (argv, status) => {
    expect((await store.run(["trash", "purge", ...argv])).status).toBe(status);
  });
});

test("the help of trash says with which action each option goes", async () => {
  const { stdout } = await store.run(["trash", "--help"]);
  expect(stdout).toMatch(/--dry-run +with restore and purge: /);
  expect(stdout).toMatch(/--skip-conflicts +with restore: /);
});

describe("trash pack", () => {
  test("compresses what is worth it, undo unpacks it byte for byte", async () => {
    const text = "a line of a trajectory\n".repeat(100);
    store.state().write("agents/main/sessions/s2.trajectory.jsonl", text);
    const { mtimeMs, mode } = statSync(store.at("s2.trajectory.jsonl"));
    const id = await cleanUp();
    const { packed, reclaimedBytes } = await store.json("trash", "pack", "--older-than", "1ms");
    expect(packed).toMatchObject([{ id, files: 1, skipped: 0, reclaimedBytes }]);
    expect(reclaimedBytes).toBeGreaterThan(text.length / 2);
    const [{ path, bytes }] = (await store.json("trash", "list")).files;
    expect({ isPacked: path.endsWith(".gz"), bytes }).toEqual({
      isPacked: true,
      bytes: text.length - reclaimedBytes,
    });

    await store.json("undo", id);
    expect(readFileSync(store.at("s2.trajectory.jsonl"), "utf8")).toBe(text);
    expect(statSync(store.at("s2.trajectory.jsonl"))).toMatchObject({ mode });
    expect(statSync(store.at("s2.trajectory.jsonl")).mtimeMs).toBeCloseTo(mtimeMs, 2);
  });

  test("a packed file that was damaged is named when it is to be unpacked, and nothing is changed", async () => {
    store.state().write("agents/main/sessions/s2.trajectory.jsonl", "a line of a trajectory\n".repeat(100));
    const id = await cleanUp();
    await store.json("trash", "pack", "--older-than", "1ms");
    const [{ path }] = (await store.json("trash", "list")).files;
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(20) ^ 0xff, 20);
    writeFileSync(path, bytes);
    const keys = store.keys();
    const { status, stderr } = await store.run(["undo", id]);
    expect({ status, keys: store.keys() }).toEqual({ status: 1, keys });
    expect(stderr).toContain(`${path} is damaged and can't be unpacked (Z_`);
  });

  test("what would not get smaller stays, and a second run has nothing to do", async () => {
    await cleanUp();
    const { stdout } = await store.run(["trash", "pack", "--older-than", "1ms"]);
    expect(stdout).toMatch(/^Operation +Packed +Left as it is +Freed\n\S+ +0 +1 +0 B\n\nFreed 0 B\.\n$/);
    expect((await store.run(["trash", "pack"])).stdout).toBe("There is nothing to pack.\n");
  });

  test("takes no word and no operation", async () => {
    expect((await store.run(["trash", "pack", "x"])).status).toBe(2);
    expect((await store.run(["trash", "pack", "--operation", "x"])).status).toBe(2);
  });
});
