import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { hasSqlite } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { createKeyring, protectStorage } from "../../sessions/src/index.ts";
import { checkSqliteStore, openSqliteStorage, openSqliteStore } from "../src/index.ts";
import { bytesIn, openStorage, tempDir, withDatabase } from "./databases.ts";

const say = (text: string) => ({ type: "message", message: { role: "user", content: text } });
const key = "agent:main:main";
const keep = (entry: object) => ({ ...entry });
const notInstalled = () => {
  throw new Error("Cannot find module 'better-sqlite3'");
};

async function written(dir: string) {
  const dbPath = join(dir, "bot/sessions.db");
  const storage = await openStorage({ dbPath, create: true });
  await storage.store.update((sessions) => sessions.set(key, { sessionId: "s1" }));
  await storage.store.append("s1", say("SEVEN MILLION"));
  return { dbPath, storage };
}

test("opening a database without the library says what to install", async () => {
  const dbPath = join(tempDir(), "a.db");
  await expect(openSqliteStorage({ dbPath, create: true, load: notInstalled })).rejects.toMatchObject({
    code: "E_SQLITE_UNAVAILABLE",
    hint: expect.stringContaining("Install better-sqlite3"),
  });
  expect(existsSync(dbPath)).toBe(false);
});

describe.skipIf(!hasSqlite())("opening a database", () => {
  test("makes it for its owner alone", async () => {
    const { dbPath } = await written(tempDir());
    expect(statSync(dbPath).mode & 0o777).toBe(0o600);
    expect(statSync(join(dbPath, "..")).mode & 0o777).toBe(0o700);
    for (const suffix of ["-wal", "-shm"]) expect(statSync(`${dbPath}${suffix}`).mode & 0o777).toBe(0o600);
  });

  test("is WAL, with references that hold, and a version", async () => {
    const { dbPath, storage } = await written(tempDir());
    await storage.close();
    withDatabase(dbPath, (db) => {
      expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
      expect(db.pragma("user_version", { simple: true })).toBe(1);
      expect(db.pragma("foreign_key_list(lines)")).toHaveLength(2);
      db.pragma("foreign_keys = ON");
      expect(() => db.exec("INSERT INTO lines VALUES ('none', 1, '{}', NULL)")).toThrow(/FOREIGN KEY/);
    });
  });

  test("that is not there, is no file, or is a link, is refused and nothing is made", async () => {
    const dir = tempDir();
    await expect(openSqliteStore({ dbPath: join(dir, "none.db") })).rejects.toMatchObject({
      code: "E_NOT_FOUND",
    });
    mkdirSync(join(dir, "dir.db"));
    symlinkSync(join(dir, "elsewhere.db"), join(dir, "link.db"));
    for (const name of ["dir.db", "link.db"])
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(openSqliteStore({ dbPath: join(dir, name), create: true })).rejects.toMatchObject({
        code: "E_REFUSED",
      });
    expect(existsSync(join(dir, "none.db"))).toBe(false);
    expect(existsSync(join(dir, "elsewhere.db"))).toBe(false);
  });

  test.each([
    [
      "another program's",
      (path: string) => withDatabase(path, (db) => db.exec("CREATE TABLE t (x)")),
      "E_REFUSED",
    ],
    [
      "OpenClaw's",
      (path: string) =>
        withDatabase(path, (db) => db.exec("CREATE TABLE sessions (id TEXT); PRAGMA user_version = 4")),
      "E_REFUSED",
    ],
    [
      "no database",
      (path: string) => writeFileSync(path, "this is no database at all, but a long text\n".repeat(50)),
      "E_CORRUPT_INDEX",
    ],
  ])("of %s is refused, and every byte of it stays", async (_, make, code) => {
    const path = join(tempDir(), "other.db");
    make(path);
    const before = readFileSync(path);
    await expect(openSqliteStore({ dbPath: path, create: true })).rejects.toMatchObject({ code });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("of a newer version is left to that version", async () => {
    const { dbPath, storage } = await written(tempDir());
    await storage.close();
    withDatabase(dbPath, (db) => db.pragma("user_version = 99"));
    await expect(openSqliteStore({ dbPath })).rejects.toMatchObject({
      code: "E_REFUSED",
      message: expect.stringContaining("newer version"),
    });
  });

  test("that may not be written", { skip: process.getuid?.() === 0 }, async () => {
    const { dbPath, storage } = await written(tempDir());
    await storage.close();
    chmodSync(dbPath, 0o400);
    await expect(openSqliteStore({ dbPath })).rejects.toMatchObject({ code: "E_IO" });
  });
});

describe.skipIf(!hasSqlite())("nothing that was said is deleted", () => {
  test("what is cleared, reset, removed and replaced stays in the database, with the row that it had", async () => {
    const { dbPath, storage } = await written(tempDir());
    await storage.clear({ key, sessionId: "s1", changeEntry: keep });
    await storage.store.append("s1", say("AUNT EMMA"));
    await storage.reset({ key, sessionId: "s1", newSessionId: "s2", reason: "new", changeEntry: keep });
    await storage.store.append("s2", say("LAST WORDS"));
    await storage.remove({ sessions: [{ key, sessionId: "s2" }], checkpointIds: [] });
    await storage.close();
    withDatabase(dbPath, (db) => {
      const found = db
        .prepare(
          "SELECT reason, retirements.key, lines.record FROM lines JOIN retirements ON lines.retired = retirements.id ORDER BY at",
        )
        .all();
      expect(found).toEqual([
        { reason: "clear", key, record: JSON.stringify(say("SEVEN MILLION")) },
        { reason: "new", key, record: JSON.stringify(say("AUNT EMMA")) },
        { reason: "removed", key, record: JSON.stringify(say("LAST WORDS")) },
      ]);
    });
  });

  test("a row that an update takes out stays in the database", async () => {
    const { dbPath, storage } = await written(tempDir());
    await storage.store.update((sessions) => sessions.delete(key));
    await storage.close();
    withDatabase(dbPath, (db) => {
      expect(db.prepare("SELECT key, session_id, json(entry) AS entry FROM retirements").all()).toEqual([
        { key, session_id: "s1", entry: '{"sessionId":"s1"}' },
      ]);
    });
  });
});

describe.skipIf(!hasSqlite())("checkSqliteStore", () => {
  test("finds nothing in a healthy database", async () => {
    const { dbPath } = await written(tempDir());
    expect(await checkSqliteStore({ dbPath })).toEqual([]);
  });

  test("finds values that are no JSON, rows under another id, and lines without a transcript", async () => {
    const { dbPath, storage } = await written(tempDir());
    await storage.close();
    withDatabase(dbPath, (db) => db.exec("UPDATE sessions SET session_id = 's9'"));
    expect(await checkSqliteStore({ dbPath })).toEqual([{ kind: "session-id", what: `sessions ${key}` }]);
    withDatabase(dbPath, (db) => {
      db.exec("UPDATE lines SET record = 'torn'; PRAGMA foreign_keys = OFF; DELETE FROM transcripts");
    });
    expect(await checkSqliteStore({ dbPath })).toEqual([
      { kind: "foreign-key", what: "lines -> transcripts" },
      { kind: "not-json", what: "lines s1/1" },
    ]);
  });

  test("finds a damaged page", async () => {
    const { dbPath, storage } = await written(tempDir());
    for (let n = 0; n < 200; n += 1)
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await storage.store.append("s1", say(`line ${n} ${"x".repeat(200)}`), { fsync: "never" });
    await storage.close();
    const bytes = readFileSync(dbPath);
    bytes.fill(0xff, bytes.length - 3000);
    writeFileSync(dbPath, bytes);
    const found = await checkSqliteStore({ dbPath }).then(
      (troubles) => troubles.map(({ kind }) => kind),
      (error: unknown) => [Object(error).code],
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((one) => one === "integrity" || one === "E_CORRUPT_INDEX")).toBe(true);
  });
});

test.skipIf(!hasSqlite())(
  "a protected database has nothing of what was said in any of its files",
  async () => {
    const dir = tempDir();
    const dbPath = join(dir, "sessions.db");
    const keyring = createKeyring("a".repeat(64));
    const storage = protectStorage(await openStorage({ dbPath, create: true }), { keyring, encrypts: true });
    await storage.store.update((sessions) => sessions.set(key, { sessionId: "s1" }));
    await storage.store.append("s1", say("SEVEN MILLION"));
    const note = { name: "AUNT EMMA" };
    const { id } = await storage.saveCheckpoint({ key, sessionId: "s1", note, entry: {} });
    expect(bytesIn(dir)).not.toMatch(/SEVEN|EMMA/);
    const change = { key, sessionId: "s1", changeEntry: (entry: object) => ({ ...entry }) };
    await storage.restoreCheckpoint({ ...change, checkpointId: id });
    expect((await storage.listCheckpoints())[0]).toMatchObject({ note, messageCount: 1 });
    await storage.close();
    expect(bytesIn(dir)).not.toMatch(/SEVEN|EMMA/);
  },
);
