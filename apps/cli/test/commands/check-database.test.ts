import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { openSqliteStorage } from "@sessionsmith/store-sqlite";
import { hasSqlite } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "../fake-io.ts";
import { bareHost, makeStateDir, type StateDir } from "../store-dirs.ts";

let state: StateDir;
let dbPath: string;

beforeEach(async () => {
  state = makeStateDir();
  dbPath = join(state.path, "mybot.db");
  const storage = await openSqliteStorage({ dbPath, create: true });
  await storage.store.update((rows) => {
    rows.set("agent:main:main", { sessionId: "s1", updatedAt: 1 });
    rows.set("agent:main:direct:2", { sessionId: "s2", updatedAt: 2 });
  });
  await storage.store.append("s1", { type: "message", message: { role: "user", content: "a secret" } });
  await storage.close();
});
afterEach(() => state.dispose());

const check = (...words: readonly string[]) =>
  runCli(["check", "--state-dir", state.path, "--store", dbPath, ...words], { host: bareHost(state) });

/** Changes the database as another program would, with the rules of the schema switched off. */
function spoil(sql: string): void {
  const Database = createRequire(import.meta.url)("better-sqlite3");
  const db = new Database(dbPath);
  db.pragma("foreign_keys = OFF");
  db.exec(sql);
  db.close();
}

describe.skipIf(!hasSqlite())("check of a database", () => {
  test("that is sound finds nothing, and changes nothing", async () => {
    const before = readFileSync(dbPath);
    expect(await check()).toEqual({
      status: 0,
      stderr: "",
      stdout: [
        `Session store: ${dbPath} (agent main)`,
        "Sessions: 2, era: database",
        "",
        "Nothing was found.",
        "",
        "0 errors, 0 warnings, 0 worth knowing",
        "",
      ].join("\n"),
    });
    const [store] = JSON.parse((await check("--json")).stdout).stores;
    expect(store).toMatchObject({ era: "database", sessions: 2, transcripts: 1, transcriptsLookedAt: 1 });
    expect(readFileSync(dbPath).equals(before)).toBe(true);
  });

  test.each([
    ["database-reference", "DELETE FROM transcripts", "lines -> transcripts"],
    ["database-value", `UPDATE lines SET record = 'a secret'`, "lines s1/"],
    ["database-session-id", "UPDATE sessions SET session_id = 's9' WHERE session_id = 's2'", "direct:2"],
  ])("finds %s", async (id, sql, what) => {
    spoil(sql);
    const { status, stdout, stderr } = await check("--json");
    const { ok, errors, stores } = JSON.parse(stdout);
    expect({ status, ok, errors, stderr }).toEqual({ status: 4, ok: false, errors: 1, stderr: "" });
    expect(stores[0].findings[0]).toMatchObject({ id, severity: "error", place: { path: dbPath } });
    expect(stores[0].findings[0].details.what).toContain(what);
    const shown = await check();
    expect(shown.status).toBe(4);
    expect(shown.stdout).toContain(id);
    expect(stdout + shown.stdout).not.toContain("a secret");
  });

  test.each([
    ["in one of its pages", (bytes: Buffer) => bytes.fill(0xff, 4096, 8192)],
    ["so that it can't be opened", (bytes: Buffer) => bytes.fill(0xff, 100, 4096)],
    ["because its end is missing", (bytes: Buffer) => bytes.subarray(0, 8192)],
  ])("finds that it is damaged %s", async (_, damage) => {
    writeFileSync(dbPath, damage(readFileSync(dbPath)));
    const { status, stdout, stderr } = await check();
    expect({ status, stderr }).toEqual({ status: 4, stderr: "" });
    expect(stdout).toContain("database-damaged");
    expect(stdout).toContain("The database can't be read.");
  });

  test("of another program reports it as an index that can't be read", async () => {
    spoil("PRAGMA application_id = 7");
    const { status, stdout } = await check();
    expect(status).toBe(4);
    expect(stdout).toContain("index-unreadable");
  });

  test("of a newer version is refused", async () => {
    spoil("PRAGMA user_version = 9");
    const { status, stderr } = await check();
    expect(status).toBe(15);
    expect(stderr).toContain("newer version");
  });
});
