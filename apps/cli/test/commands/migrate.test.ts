import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { hasSqlite } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import {
  migrateDetectDocument,
  migrateDocument,
  migrateRollbackDocument,
  migrateVerifyDocument,
} from "../../src/json-documents/migrate-document.ts";
import type { JsonDocumentSpec } from "../../src/json-documents/json-document.ts";
import { promisedPaths, realPaths } from "../json-documents/documented-paths.ts";
import { useWorkspace } from "../migrated-workspace.ts";
import { treeOf } from "../tree-of.ts";

const space = useWorkspace("openclaw-python-ws2");
const indexOf = (agent: string): string =>
  join(space.state().path, "agents", agent, "sessions", "sessions.json");

describe("migrate <workspace>", () => {
  test("brings the sessions in, names what is left, and ends with 3", async () => {
    const { status, stdout } = await space.migrate(space.at(), "--json");
    expect(status).toBe(3);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      status: "partial",
      dryRun: false,
      sessionsFound: 14,
      migrated: 11,
      left: 3,
      errors: 3,
      backupDir: space.at(`.sessions/backup_old_format/${report.operationId}`),
    });
    expect(report.errorDetails[0]).toMatchObject({
      file: space.at(".sessions/emptyfil.json"),
      line: 1,
      offset: 0,
    });
    expect(Object.keys(JSON.parse(readFileSync(indexOf("work"), "utf8")))).toEqual([
      "agent:work:telegram:direct:9",
    ]);
  });

  test("--dry-run has the same numbers and exit status, and writes nothing", async () => {
    const before = treeOf(space.state().path);
    const { status, stdout } = await space.migrate(space.at(), "--dry-run", "--json");
    const preview = JSON.parse(stdout);
    expect(status).toBe(3);
    expect(treeOf(space.state().path)).toEqual(before);
    const done = JSON.parse((await space.migrate(space.at(), "--json")).stdout);
    expect({ ...preview, ...same }).toEqual({ ...done, ...same });
  });

  /** What a preview can't know. */
  const same = { dryRun: null, operationId: null, backupDir: null, digest: null };

  test("a second run finds nothing to do", async () => {
    await space.migrate(space.at());
    const before = treeOf(space.state().path);
    const again = await space.migrate(space.at());
    expect(again.stdout).toContain("0 migrated (0 messages), 11 there already, 3 left");
    expect(again.stdout).toContain("Nothing needed to be done.");
    expect(treeOf(space.state().path)).toEqual(before);
  });

  test("--backup-files copies files whose names are as long as names can be", async () => {
    const name = `${"q".repeat(250)}.json`;
    space.write(`.sessions/${name}`, '{"session_id":"q","messages":[{"role":"user","content":"1"}]}');
    const { stdout } = await space.migrate(space.at(), "--backup-files", "--json");
    const { backupDir } = JSON.parse(stdout);
    expect(readdirSync(join(backupDir, ".sessions"))).toContain(name);
  });

  test("--no-backup copies nothing, --backup-files copies file by file", async () => {
    await space.migrate(space.at(), "--no-backup");
    expect(existsSync(space.at(".sessions/backup_old_format"))).toBe(false);
    const other = join(space.state().path, "other");
    const { stdout } = await space.migrate(space.at(), "--to", other, "--backup-files", "--json");
    const { backupDir } = JSON.parse(stdout);
    const copied = readFileSync(join(backupDir, ".sessions/mismatch.json"), "utf8");
    expect(copied).toBe(readFileSync(space.at(".sessions/mismatch.json"), "utf8"));
    expect(readdirSync(other)).toContain("sessions.json");
  });

  test("an empty path is a variable that nobody set, not the directory one is in", async () => {
    for (const words of [[""], ["verify", " "], ["detect", ""]])
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await space.migrate(...words)).toMatchObject({ status: 2, stdout: "" });
  });

  test("no workspace, and a workspace without sessions, are 10", async () => {
    expect(await space.migrate(space.at("nowhere"))).toMatchObject({ status: 10, stdout: "" });
    const empty = await space.migrate(join(space.state().path, "work"), "--json");
    expect(empty.status).toBe(10);
    expect(JSON.parse(empty.stdout)).toMatchObject({ status: "not_found", sessionsFound: 0 });
  });

  test("--move moves what was migrated wholly, and a rollback moves it back", async () => {
    const before = readdirSync(space.at(".sessions")).toSorted();
    const { operationId, backupDir } = JSON.parse(
      (await space.migrate(space.at(), "--move", "--json")).stdout,
    );
    const left = [
      "backup_old_format",
      "emptyfil.json",
      "listtop.json",
      "session_map.json",
      "sessions.json",
      "truncated.json",
    ];
    expect(readdirSync(space.at(".sessions")).toSorted()).toEqual(left);
    expect((await space.migrate("verify", backupDir)).status).toBe(0);
    await space.migrate("rollback", operationId);
    const after = readdirSync(space.at(".sessions")).filter((name) => name !== "backup_old_format");
    expect(after.toSorted()).toEqual(before);
    expect((await space.migrate(space.at(), "--move", "--no-backup")).status).toBe(2);
  });

  test("a database of Clodds that can't be read is 12 or 16 if it is alone, beside other sessions a finding", async () => {
    const [status, found] = hasSqlite() ? [12, "legacy-unreadable"] : [16, "legacy-database"];
    space.write("clodds.db", "SQLite format 3\0 and more");
    expect((await space.migrate(space.at(), "--dry-run", "-v")).stderr).toMatch(
      new RegExp(`error ${found}.*clodds\\.db`),
    );
    space.write("alone/clodds.db", "SQLite format 3\0 and more");
    expect(await space.migrate(space.at("alone"))).toMatchObject({ status, stdout: "" });
    expect((await space.migrate("detect", space.at("alone"))).stdout).toContain("clodds");
  });

  test.skipIf(!hasSqlite())("a database of Clodds is brought in, and verified", async () => {
    const path = space.at("clodds/clodds.db");
    space.write("clodds/config.json", "{}");
    makeDatabase(path, [
      "CREATE TABLE sessions (id TEXT, key TEXT PRIMARY KEY, channel TEXT, title TEXT, created_at INTEGER, updated_at INTEGER)",
      "CREATE TABLE messages (id TEXT PRIMARY KEY, session_id TEXT, role TEXT, content TEXT, timestamp INTEGER)",
      "INSERT INTO sessions VALUES ('c1', 'agent:main:dm:main', 'telegram', NULL, 1777593600000, 1777593600001)",
      "INSERT INTO messages VALUES ('m1', 'c1', 'user', 'hello', 1777593600000)",
    ]);
    const before = readFileSync(path);
    const { status, stdout } = await space.migrate(space.at("clodds"), "--json");
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { migrated: 1, messages: 1, errors: 0 }]);
    expect((await space.migrate("verify", space.at("clodds"))).status).toBe(0);
    expect([readdirSync(space.at("clodds")), readFileSync(path)]).toEqual([
      [".sessions", "clodds.db", "config.json"],
      before,
    ]);
  });

  test("refuses a store in the SQLite era, and writes nothing", async () => {
    const header = Buffer.alloc(100);
    header.write("SQLite format 3\0", "latin1");
    header.writeUInt32BE(7, 60);
    space.state().write("agents/main/agent/openclaw-agent.sqlite", header.toString("latin1"));
    const before = treeOf(space.state().path);
    expect((await space.migrate(space.at())).status).toBe(15);
    expect(treeOf(space.state().path)).toEqual(before);
  });

  test("--report writes a new file, and is refused before anything is done if it is there", async () => {
    const csv = space.at("report.csv");
    await space.migrate(space.at(), "--report", csv);
    const [header, first] = readFileSync(csv, "utf8").split("\n");
    expect(header).toMatch(/^path,dialect,legacyId,outcome/);
    expect(first).toContain("agent:work:telegram:direct:9");
    expect((await space.migrate(space.at(), "--report", csv)).status).toBe(15);
  });

  test("--format openclaw-python speaks as its tool does", async () => {
    const { stdout } = await space.migrate(space.at(), "--format", "openclaw-python");
    expect(stdout).toContain("Migration Results\n");
    expect(stdout).toContain("Sessions migrated: 11\nErrors: 3\nBackup location: ");
    expect(stdout.endsWith("\nMigration complete!\n")).toBe(true);
    const json = await space.migrate(space.at(), "--format", "openclaw-python", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      status: "partial",
      sessions_found: 14,
      migrated: 0,
      errors: 3,
    });
  });

  test("an option of another action is a mistake", async () => {
    expect((await space.migrate("detect", space.at(), "--no-backup")).status).toBe(2);
    expect((await space.migrate("verify")).status).toBe(2);
    expect((await space.migrate(space.at(), "--naive-tz", "Mars/North")).status).toBe(2);
  });
});

describe("migrate verify", () => {
  test("4 before, and while a session is left; it names the first message that differs", async () => {
    const before = JSON.parse((await space.migrate("verify", space.at(), "--json")).stdout);
    expect(before.verified).toMatchObject({ same: 0, missing: 11, left: 3 });
    await space.migrate(space.at());
    const after = await space.migrate("verify", space.at());
    expect(after).toMatchObject({ status: 4 });
    expect(after.stdout).toContain("14 sessions: 11 same, 0 missing, 0 differs, 3 left, 0 duplicate");
    const transcript = join(space.state().path, "agents/main/sessions/mismatch.jsonl");
    writeFileSync(transcript, readFileSync(transcript, "utf8").replace('"content":"hi"', '"content":"ho"'));
    const changed = JSON.parse((await space.migrate("verify", space.at(), "--json")).stdout);
    expect(changed.sessions).toContainEqual(
      expect.objectContaining({ legacyId: "mismatch", verdict: "differs", firstDifference: 1 }),
    );
  });
});

describe("migrate rollback", () => {
  test("takes everything back, and only a migration", async () => {
    const { operationId } = JSON.parse((await space.migrate(space.at(), "--json")).stdout);
    const { status, stdout } = await space.migrate("rollback", operationId, "--json");
    expect(status).toBe(0);
    expect(readFileSync(indexOf("main"), "utf8")).toBe("{}");
    expect(readFileSync(indexOf("work"), "utf8")).toBe("{}");
    const undone = JSON.parse(stdout);
    expect((await space.migrate("rollback", undone.operationId)).status).toBe(15);
  });

  test("leaves a session that has gone on, and says so", async () => {
    const { operationId } = JSON.parse((await space.migrate(space.at(), "--json")).stdout);
    const transcript = join(space.state().path, "agents/main/sessions/mismatch.jsonl");
    writeFileSync(transcript, "more\n", { flag: "a" });
    const back = await space.migrate("rollback", operationId);
    expect(back.status).toBe(3);
    expect(back.stderr).toContain("left as it is: file mismatch.jsonl (changed since)");
    expect(existsSync(transcript)).toBe(true);
    expect(readFileSync(indexOf("main"), "utf8").match(/"sessionId": *"[^"]*"/g)).toEqual([
      expect.stringContaining('"mismatch"'),
    ]);
  });

  test("leaves the transcript of a row that was changed, and takes the others", async () => {
    const { operationId } = JSON.parse((await space.migrate(space.at(), "--json")).stdout);
    const text = readFileSync(indexOf("main"), "utf8");
    writeFileSync(indexOf("main"), text.replace(/"sessionId": *"mismatch"/, '$&, "label": "Ann"'));
    const back = await space.migrate("rollback", operationId);
    expect(back.stderr).toContain("left as it is: file mismatch.jsonl (its session stays as it is)");
    const dir = join(space.state().path, "agents/main/sessions");
    expect(readdirSync(dir).filter((name) => name.endsWith(".jsonl"))).toEqual(["mismatch.jsonl"]);
  });
});

test("real output has exactly the keys that are documented", async () => {
  space.write(".sessions/again.json", '{"session_id":"again","messages":[{"role":"user","content":"1"}]}');
  space.write(".sessions/again.jsonl", '{"role":"user","content":"1"}\n');
  const detected = JSON.parse((await space.migrate("detect", space.at(), "--json")).stdout);
  const done = JSON.parse((await space.migrate(space.at(), "--json")).stdout);
  const verified = JSON.parse((await space.migrate("verify", space.at(), "--json")).stdout);
  writeFileSync(join(space.state().path, "agents/main/sessions/mismatch.jsonl"), "more\n", { flag: "a" });
  writeFileSync(indexOf("main"), readFileSync(indexOf("main"), "utf8").replace('"mismatch"', '"other"'));
  const undone = JSON.parse((await space.migrate("rollback", done.operationId, "--json")).stdout);
  space.write(".sessions/sessions.json", "[]");
  const broken = JSON.parse((await space.migrate("detect", space.at(), "--json")).stdout);
  expectDocumented(migrateDetectDocument, [detected, broken]);
  expectDocumented(migrateDocument, [done]);
  expectDocumented(migrateVerifyDocument, [verified]);
  expectDocumented(migrateRollbackDocument, [undone]);
  expect(detected.sessionsFound).toBe(done.sessionsFound);
});

function expectDocumented(spec: JsonDocumentSpec, documents: readonly unknown[]): void {
  const real = realPaths(documents, spec);
  expect([...real].toSorted()).toEqual(spec.keys.map(({ path }) => path).toSorted());
  expect([...real]).toEqual(expect.arrayContaining([...promisedPaths(spec)]));
}

/** Makes a database with some statements. */
function makeDatabase(path: string, statements: readonly string[]): void {
  interface Database {
    exec(sql: string): unknown;
    close(): unknown;
  }
  const Database: new (path: string) => Database = createRequire(import.meta.url)("better-sqlite3");
  const database = new Database(path);
  for (const statement of statements) database.exec(statement);
  database.close();
}
