import { applyPlan, planUndoOf } from "@sessionsmith/core/engine";
import { fromState, hasSqlite, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { verifyMigration } from "../../src/verify-migration.ts";
import { stateAfter } from "../legacy-case.ts";
import {
  detected,
  diskWith,
  hostOver,
  migrated,
  planned,
  stateDir,
  storeOf,
  workspace,
} from "../legacy-disk.ts";
import { type CloddsContent, cloddsFile } from "./clodds-file.ts";

const dir = storeOf("main").sessionsDir;
/** The same, relative to the state directory. */
const sessions = "agents/main/sessions";
const at = Date.UTC(2026, 4, 1);

const content: CloddsContent = {
  sessions: [
    {
      id: "aaaaaaaa-1111-4111-8111-111111111111",
      key: "agent:main:telegram:dm:7:u1",
      context: '{"messageCount":2,"model":"m1"}',
      createdAt: at,
      updatedAt: at + 9000,
      title: "Elections",
    },
    {
      id: "aaaaaaaa-1111-4111-8111-111111111111",
      key: "agent:main:dm:main",
      createdAt: at,
      updatedAt: at + 1,
    },
    {
      id: "bbbb",
      key: "agent:main:slack:group:C1",
      context: '{"conversationHistory":[{"role":"user","content":"only here","timestamp":5000000000000}]}',
      createdAt: at,
      updatedAt: at + 2,
    },
    { id: null, key: "agent:main:dm:peer:u9", context: "not json", createdAt: at, updatedAt: at + 3 },
  ],
  messages: [
    ["m2", "aaaaaaaa-1111-4111-8111-111111111111", "assistant", "second", at + 2000],
    ["m1", "aaaaaaaa-1111-4111-8111-111111111111", "user", "first ✓", at + 1000],
    ["m3", "aaaaaaaa-1111-4111-8111-111111111111", "system", "third", at + 2000],
    ["o1", "orphaned", "user", "whose session is gone", at + 4000],
  ],
};

describe.skipIf(!hasSqlite())("the database of Clodds", () => {
  test("each id is a session, with all keys that lead to it", () => {
    const { files, sources, findings } = detected(disk(), workspace);
    expect(files).toMatchObject([{ dialect: "clodds", role: "database" }]);
    expect(sources.map(({ id, keys }) => [id, keys])).toEqual([
      ["aaaaaaaa-1111-4111-8111-111111111111", ["agent:main:telegram:dm:7:u1", "agent:main:dm:main"]],
      ["agent:main:dm:peer:u9", ["agent:main:dm:peer:u9"]],
      ["bbbb", ["agent:main:slack:group:C1"]],
      ["orphaned", []],
    ]);
    expect(findings).toEqual([]);
  });

  test("rows and transcripts of OpenClaw come of it, with every message and every field", async () => {
    const fs = disk();
    const { sessions: brought } = await migrated(fs);
    expect(brought.map(({ outcome, messages }) => [outcome, messages])).toEqual([
      ["migrate", 3],
      ["migrate", 0],
      ["migrate", 1],
      ["migrate", 1],
    ]);
    const index: Record<string, object> = JSON.parse(textOf(fs, `${sessions}/sessions.json`));
    expect(index["agent:main:telegram:direct:7:u1"]).toEqual({
      sessionId: "aaaaaaaa-1111-4111-8111-111111111111",
      updatedAt: at + 9000,
      sessionStartedAt: at,
      channel: "telegram",
      label: "Elections",
    });
    const records = recordsOf(fs, "aaaaaaaa-1111-4111-8111-111111111111");
    expect(records.map(({ type, id }) => [type, id]).slice(4)).toEqual([
      ["message", "m1"],
      ["message", "m2"],
      ["message", "m3"],
    ]);
    expect(JSON.stringify(records)).toContain('"context":{"messageCount":2,"model":"m1"}');
    expect(JSON.stringify(recordsOf(fs, "bbbb"))).toContain('"message":{"role":"user","content":"only here"');
    expect(JSON.stringify(recordsOf(fs, "orphaned"))).toContain("whose session is gone");
  });

  test("verify agrees, a second run does nothing, and an undo restores every byte", async () => {
    const fs = disk();
    const before = fs.withFile(`${workspace}/clodds.db`, ({ fact }) => fact);
    const { outcome } = await migrated(fs);
    const host = hostOver(fs, 50);
    const verdicts = verifyMigration(host, { workspace }).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(["same", "same", "same", "same"]);
    expect(planned(host).plan.parts.flatMap(({ steps }) => [...steps])).toEqual([]);
    expect(fs.withFile(`${workspace}/clodds.db`, ({ fact }) => fact)).toEqual(before);
    const undone = fromState(fs.state());
    const { plan } = planUndoOf(hostOver(undone, 90), {
      realDir: dir,
      operationId: outcome.operationId ?? "",
    });
    await applyPlan(hostOver(undone, 90), plan);
    expect([...stateAfter(undone).keys()]).toEqual([`${sessions}/sessions.json`]);
  });

  test("of a database that has changed since, new sessions are brought in, and the others are left", async () => {
    const fs = disk();
    await migrated(fs);
    fs.unlink(`${workspace}/clodds.db`);
    const fresh = { id: "cccc", key: "agent:main:line:dm:1:u", createdAt: at, updatedAt: at };
    const sessionsSince = [...content.sessions, fresh];
    writeTree(fs, workspace, { "clodds.db": cloddsFile({ ...content, sessions: sessionsSince }) });
    const again = await migrated(fs, { firstId: 50 });
    expect(again.sessions.map(({ legacyId, outcome }) => [legacyId, outcome])).toEqual([
      ["aaaaaaaa-1111-4111-8111-111111111111", "left"],
      ["agent:main:dm:peer:u9", "left"],
      ["bbbb", "left"],
      ["cccc", "migrate"],
      ["orphaned", "left"],
    ]);
    expect(new Set(again.findings.map(({ id }) => id))).toContain("legacy-source-changed");
  });

  test("with --move the database goes once, not once for each session", async () => {
    const fs = disk();
    const steps = planned(hostOver(fs), { move: true }).plan.parts.flatMap((part) => [...part.steps]);
    expect(steps.filter(({ kind }) => kind === "move-file")).toHaveLength(1);
  });

  test("a message that changed in the transcript is found", async () => {
    const fs = disk();
    await migrated(fs);
    const transcript = `${sessions}/bbbb.jsonl`;
    const changed = textOf(fs, transcript).replaceAll("only here", "only there");
    fs.unlink(`${stateDir}/${transcript}`);
    writeTree(fs, stateDir, { [transcript]: changed });
    const found = verifyMigration(hostOver(fs), { workspace }).filter(({ verdict }) => verdict !== "same");
    expect(found).toMatchObject([{ verdict: "differs", firstDifference: 1 }]);
  });

  test("a database in WAL mode is read, one that is being written to is not", () => {
    const bytes = cloddsFile(content);
    bytes.fill(2, 18, 20);
    expect(detected(diskWith({ "clodds.db": bytes }), workspace).sources).toHaveLength(4);
    for (const sidecar of ["clodds.db-wal", "clodds.db-journal"]) {
      const busy = detected(diskWith({ "clodds.db": bytes, [sidecar]: "pages" }), workspace);
      expect(busy.sources).toEqual([]);
      expect(busy.findings).toMatchObject([
        { id: "legacy-unreadable", place: { path: `${workspace}/clodds.db` } },
      ]);
    }
  });

  test("a damaged database, and one of something else, are named and left", () => {
    const whole = cloddsFile(content);
    const databases = [
      Buffer.from("SQLite format 3\0 and more", "latin1"),
      whole.fill(0xff, 100, whole.length),
      cloddsFile({ ...content, sql: "DROP TABLE messages" }),
    ];
    for (const bytes of databases) {
      const { sources, findings } = detected(diskWith({ "clodds.db": bytes }), workspace);
      expect(sources).toEqual([]);
      expect(findings.map(({ id }) => id)).toEqual(["legacy-unreadable"]);
    }
  });
});

test("what has another name or begins otherwise is no database of Clodds", () => {
  expect(detected(diskWith({ "clodds.db": "text" }), workspace).files).toEqual([]);
});

function disk() {
  return diskWith({ "clodds.db": cloddsFile(content) });
}

function textOf(fs: ReturnType<typeof diskWith>, path: string): string {
  return stateAfter(fs).get(path) ?? "";
}

function recordsOf(fs: ReturnType<typeof diskWith>, sessionId: string): readonly Record<string, unknown>[] {
  return textOf(fs, `${sessions}/${sessionId}.jsonl`)
    .trimEnd()
    .split("\n")
    .map((line): Record<string, unknown> => JSON.parse(line));
}
