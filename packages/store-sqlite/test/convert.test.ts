import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openJsonStorage } from "../../sessions/src/storage/open-json-storage.ts";
import { nodeHost } from "@sessionsmith/core";
import { nodeEngineHost, planUndoOf } from "@sessionsmith/core/engine";
import { hasSqlite } from "@sessionsmith/testkit";
import { exportSqliteStore, importJsonStore } from "../src/index.ts";
import { openStorage, tempDir } from "./databases.ts";

const host = nodeEngineHost(nodeHost());
const header = (id: string) =>
  JSON.stringify({ type: "session", version: 3, id, timestamp: "2026-11-20T08:00:00.000Z", cwd: "/" });
const index = `{
  "agent:main:main": { "sessionId": "s1", "updatedAt": 1.79e12, "unknown": [1.0, null] },
  "agent:main:direct:2": {"sessionId":"s2","updatedAt":1},
  "agent:main:direct:3": {"sessionId":"s3","updatedAt":2}
}
`;

/** A store in files with odd spelling, a checkpoint and settings. */
async function jsonStore(): Promise<string> {
  const dir = join(tempDir(), "sessions");
  mkdirSync(dir);
  writeFileSync(join(dir, "sessions.json"), index);
  writeFileSync(
    join(dir, "s1.jsonl"),
    `${header("s1")}\n{"type":"message","n": 1e2, "message":{"role":"user","content":"\\u00e4 one"}}\n{"role":"assistant"}\n`,
  );
  writeFileSync(join(dir, "s2.jsonl"), `${header("s2")}\n`);
  const storage = await openJsonStorage({ host, storePath: dir, create: false });
  const draft = { key: "agent:main:main", sessionId: "s1", note: { name: "kept" }, entry: { a: 1 } };
  await storage.saveCheckpoint(draft);
  await storage.writeSettings({ scope: "main" });
  await storage.close();
  return dir;
}

const keep = (entry: object) => ({ ...entry });
const counts = { sessions: 3, transcripts: 2, lines: 2, checkpoints: 1 };

describe.skipIf(!hasSqlite())("a store in files becomes a database, and a store in files again", () => {
  test("with every line, row, checkpoint and setting as it was", async () => {
    const dir = await jsonStore();
    const before = readdirSync(dir).map((name) => [name, existsSync(join(dir, name))]);
    const dbPath = join(tempDir(), "sessions.db");
    expect(await importJsonStore({ storePath: dir, dbPath })).toEqual(counts);
    expect(readdirSync(join(dbPath, ".."))).toEqual(["sessions.db"]);
    expect(readdirSync(dir).map((name) => [name, existsSync(join(dir, name))])).toEqual(before);

    const storage = await openStorage({ dbPath });
    expect(await storage.readSettings()).toEqual({ scope: "main" });
    expect((await storage.listCheckpoints())[0]).toMatchObject({ note: { name: "kept" }, messageCount: 2 });
    await storage.close();

    const back = join(tempDir(), "back/sessions.json");
    const made = await exportSqliteStore({ dbPath, storePath: back });
    expect(made).toEqual({ ...counts, operationId: expect.any(String) });
    const file = (name: string) => readFileSync(join(back, "..", name), "utf8");
    expect(file("s1.jsonl")).toBe(readFileSync(join(dir, "s1.jsonl"), "utf8"));
    expect(file("sessions.json")).toContain(
      '{ "sessionId": "s1", "updatedAt": 1.79e12, "unknown": [1.0, null] }',
    );
    const again = await openJsonStorage({ host, storePath: back, create: false });
    const [checkpoint] = await again.listCheckpoints();
    const change = { key: "agent:main:main", sessionId: "s1", changeEntry: keep };
    await again.restoreCheckpoint({ ...change, checkpointId: checkpoint?.id ?? "" });
    const said = await again.store.read("s1", (transcript) => [...transcript.oldestFirst()].length);
    expect(said).toBe(2);
    await again.close();
  });

  test("a preview counts the same, and writes nothing", async () => {
    const dir = await jsonStore();
    const dbPath = join(tempDir(), "sessions.db");
    expect(await importJsonStore({ storePath: dir, dbPath, dryRun: true })).toEqual(counts);
    expect(existsSync(dbPath)).toBe(false);
    await importJsonStore({ storePath: dir, dbPath });
    const storePath = join(tempDir(), "back/sessions.json");
    expect(await exportSqliteStore({ dbPath, storePath, dryRun: true })).toEqual(counts);
    expect(existsSync(join(storePath, ".."))).toBe(false);
    await expect(
      exportSqliteStore({ dbPath, storePath: join(dir, "sessions.json"), dryRun: true }),
    ).rejects.toMatchObject({ code: "E_REFUSED" });
  });

  test("an export can be undone", async () => {
    const dbPath = join(tempDir(), "sessions.db");
    await importJsonStore({ storePath: await jsonStore(), dbPath });
    const dir = join(tempDir(), "back");
    const { operationId } = await exportSqliteStore({ dbPath, storePath: join(dir, "sessions.json") });
    const undone = planUndoOf(host, { realDir: dir, operationId: operationId ?? "" });
    expect(undone.conflicts).toEqual([]);
    expect(undone.plan.parts[0]?.files.map(({ action }) => action)).toEqual([
      "trash",
      "trash",
      "trash",
      "trash",
    ]);
  });
});

describe.skipIf(!hasSqlite())("a conversion is refused, and nothing is changed", () => {
  test("if there is something where it goes", async () => {
    const dir = await jsonStore();
    const dbPath = join(tempDir(), "sessions.db");
    await importJsonStore({ storePath: dir, dbPath });
    await expect(importJsonStore({ storePath: dir, dbPath })).rejects.toMatchObject({ code: "E_REFUSED" });
    await expect(exportSqliteStore({ dbPath, storePath: join(dir, "sessions.json") })).rejects.toMatchObject({
      code: "E_REFUSED",
    });
    expect(readFileSync(join(dir, "sessions.json"), "utf8")).toBe(index);
  });

  test.each([
    ["a torn line", (dir: string) => writeFileSync(join(dir, "s2.jsonl"), `${header("s2")}\n{"role": "us`)],
    ["a transcript without a header", (dir: string) => writeFileSync(join(dir, "s2.jsonl"), "{}\n")],
    [
      "a row that is not understood",
      (dir: string) => writeFileSync(join(dir, "sessions.json"), '{"a":{"sessionId":"s1"},"b":[]}'),
    ],
    [
      "a session with two transcripts",
      (dir: string) => {
        writeFileSync(join(dir, "s1-topic-2.jsonl"), `${header("s1")}\n`);
        const rows = { a: { sessionId: "s1" }, b: { sessionId: "s1", sessionFile: "s1-topic-2.jsonl" } };
        writeFileSync(join(dir, "sessions.json"), JSON.stringify(rows));
      },
    ],
  ])("because of %s", async (_, spoil) => {
    const dir = await jsonStore();
    spoil(dir);
    const dbPath = join(tempDir(), "sessions.db");
    await expect(importJsonStore({ storePath: dir, dbPath })).rejects.toMatchObject({ code: "E_REFUSED" });
    expect(existsSync(dbPath)).toBe(false);
  });

  test("because something else is where the database goes, be it of no bytes", async () => {
    const dbPath = join(tempDir(), "sessions.db");
    writeFileSync(dbPath, "");
    await expect(importJsonStore({ storePath: await jsonStore(), dbPath })).rejects.toMatchObject({
      code: "E_REFUSED",
    });
    expect(readFileSync(dbPath, "utf8")).toBe("");
  });

  test("because somebody takes the name while the database is made", async () => {
    const dir = tempDir();
    const dbPath = join(dir, "sessions.db");
    const fs: typeof host.fs = {
      ...host.fs,
      link: (from, to) => {
        writeFileSync(dbPath, "theirs");
        host.fs.link(from, to);
      },
    };
    const order = { storePath: await jsonStore(), dbPath, host: { ...host, fs } };
    await expect(importJsonStore(order)).rejects.toMatchObject({ code: "E_REFUSED" });
    expect(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), "utf8")])).toEqual([
      ["sessions.db", "theirs"],
    ]);
  });

  test("because the directory can't be brought to stable storage", async () => {
    const dir = tempDir();
    const fs: typeof host.fs = {
      ...host.fs,
      syncDir: (path) => {
        if (path === dir) throw Object.assign(new Error("EIO"), { code: "EIO", syscall: "fsync", path });
        host.fs.syncDir(path);
      },
    };
    const order = {
      storePath: await jsonStore(),
      dbPath: join(dir, "sessions.db"),
      host: { ...host, fs },
    };
    await expect(importJsonStore(order)).rejects.toMatchObject({ code: "E_IO" });
    expect(readdirSync(dir)).toEqual([]);
  });

  test("because OpenClaw keeps its sessions in a database where the files would go", async () => {
    const dbPath = join(tempDir(), "sessions.db");
    await importJsonStore({ storePath: await jsonStore(), dbPath });
    const agent = join(tempDir(), "agents/main");
    mkdirSync(join(agent, "agent"), { recursive: true });
    const database = Buffer.alloc(100);
    database.write("SQLite format 3\0", "latin1");
    database.writeUInt32BE(4, 60);
    writeFileSync(join(agent, "agent/openclaw-agent.sqlite"), database);
    const storePath = join(agent, "sessions/sessions.json");
    await expect(exportSqliteStore({ dbPath, storePath })).rejects.toMatchObject({ code: "E_SQLITE_ERA" });
    expect(existsSync(storePath)).toBe(false);
  });
});
