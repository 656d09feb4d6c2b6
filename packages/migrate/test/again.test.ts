import type { JsonObject } from "@sessionsmith/core";
import { type MemoryFs, tree, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { filesBefore } from "./legacy-case.ts";
import { diskWith, migrated, planned, hostOver, stateDir, workspace } from "./legacy-disk.ts";

const sessions = `${stateDir}/agents/main/sessions`;
const legacy = JSON.stringify({
  updated_at: "2026-02-10T10:00:00Z",
  messages: [{ role: "user", content: "hello" }],
});
const key = "agent:main:telegram:direct:5";
/** A transcript that says nothing of a migration. */
const unmarked = `${JSON.stringify({ type: "session", version: 3, id: "telegram-5", timestamp: "2026-01-01T00:00:00.000Z", cwd: "/" })}\n`;
const stamp = "2026-11-01T00-00-00.000Z";

/** A workspace with one session, which asks for the key above, and a store with what is given. */
function disk(rows: Readonly<Record<string, JsonObject>>, files: Readonly<Record<string, string>>): MemoryFs {
  const fs = diskWith({ ".sessions/telegram-5.json": legacy });
  writeTree(fs, sessions, { "sessions.json": JSON.stringify(rows), ...files });
  return fs;
}

const row = (sessionId: string) => ({ sessionId, updatedAt: 1 });

describe("a transcript of the session's id without a mark", () => {
  test("is the session if its row stands under the key that the session would get", () => {
    const fs = disk({ [key]: row("telegram-5") }, { "telegram-5.jsonl": unmarked });
    const { sessions: found, findings, plan } = planned(hostOver(fs));
    expect(found.map(({ outcome }) => outcome)).toEqual(["left"]);
    expect(findings.map(({ id }) => id)).toEqual(["legacy-session-moved-on"]);
    expect(plan.parts.flatMap(({ steps }) => [...steps])).toEqual([]);
  });

  test.each([
    ["another key", { "agent:main:other": row("telegram-5") }],
    ["no key", {}],
    ["no key, and the session's key has another one", { [key]: row("another") }],
  ])("is a foreign one under %s: the session gets an id of its own, and is found again", async (_, rows) => {
    const fs = disk(rows, { "telegram-5.jsonl": unmarked });
    const { sessions: brought } = await migrated(fs);
    expect([...brought]).toMatchObject([{ outcome: "migrate", messages: 1 }]);
    const [{ transcript = "" } = {}] = brought;
    expect(transcript).not.toBe("telegram-5.jsonl");
    expect(textOf(fs, "telegram-5.jsonl")).toBe(unmarked);
    const again = await migrated(fs, { firstId: 50 });
    expect([...again.sessions]).toMatchObject([{ outcome: "there", transcript }]);
    fs.unlink(`${sessions}/${transcript}`);
    writeTree(fs, sessions, { [transcript]: unmarked });
    const compacted = await migrated(fs, { firstId: 90 });
    expect(compacted.sessions.map(({ outcome }) => outcome)).toEqual(["left"]);
    expect(compacted.outcome.operationId).toBeUndefined();
  });
});

describe("an archive of the session's id", () => {
  test("that was reset away in another session's store does not keep the id", () => {
    const fs = disk({}, { [`telegram-5.jsonl.reset.${stamp}`]: unmarked });
    expect([...planned(hostOver(fs)).sessions]).toMatchObject([
      { outcome: "migrate", sessionId: "telegram-5" },
    ]);
  });

  test("without a mark is the session if its key stands for another session now", () => {
    const fs = disk({ [key]: row("another") }, { [`telegram-5.jsonl.reset.${stamp}`]: unmarked });
    expect([...planned(hostOver(fs)).sessions]).toMatchObject([{ outcome: "left" }]);
  });

  test("that was deleted is not the session", () => {
    const fs = disk({ [key]: row("another") }, { [`telegram-5.jsonl.deleted.${stamp}`]: unmarked });
    expect([...planned(hostOver(fs)).sessions]).toMatchObject([{ outcome: "migrate" }]);
  });

  test.each(["reset", "bak"])(
    "%s with the mark of another content of the file is told as changed",
    async (reason) => {
      const fs = disk({}, {});
      await migrated(fs);
      const marked = textOf(fs, "telegram-5.jsonl");
      fs.unlink(`${sessions}/telegram-5.jsonl`);
      const left = reason === "bak" ? { "telegram-5.jsonl": unmarked } : {};
      writeTree(fs, sessions, { ...left, [`telegram-5.jsonl.${reason}.${stamp}`]: marked });
      expect(planned(hostOver(fs)).findings.map(({ id }) => id)).toEqual(["legacy-session-moved-on"]);
      fs.unlink(`${sessions}/telegram-5.jsonl.${reason}.${stamp}`);
      writeTree(fs, sessions, { [`telegram-5.jsonl.${reason}.${stamp}`]: markedOtherwise(marked) });
      expect(planned(hostOver(fs)).findings.map(({ id }) => id)).toEqual(["legacy-source-changed"]);
    },
  );
});

test("of two files of one id, each is found again when nothing can be read, whichever was used last", async () => {
  const other = JSON.stringify({ role: "user", content: "something else" });
  const at = 1_795_200_000_000_000_000n;
  const fs = disk({}, {});
  writeTree(fs, workspace, { ".sessions/telegram-5.jsonl": { content: `${other}\n`, mtimeNs: at } });
  const { sessions: brought } = await migrated(fs);
  expect(brought.map(({ outcome }) => outcome)).toEqual(["migrate", "migrate"]);
  for (const { transcript = "" } of brought) {
    fs.unlink(`${sessions}/${transcript}`);
    writeTree(fs, sessions, { [transcript]: unmarked });
  }
  for (const mtimeNs of [at, 1_700_000_000_000_000_000n]) {
    fs.unlink(`${workspace}/.sessions/telegram-5.jsonl`);
    writeTree(fs, workspace, { ".sessions/telegram-5.jsonl": { content: `${other}\n`, mtimeNs } });
    expect(planned(hostOver(fs)).sessions.map(({ outcome }) => outcome)).toEqual(["left", "left"]);
  }
});

test("a transcript that was copied and was reset since is not copied again", async () => {
  const fs = diskWith(filesBefore("openclaw-flat"));
  const { sessions: brought } = await migrated(fs);
  const [{ transcript = "", keys } = { keys: [] }] = brought;
  const copied = textOf(fs, transcript);
  const index: Record<string, JsonObject> = JSON.parse(textOf(fs, "sessions.json"));
  const rows = keys.map((own) => [own, row("another")] as const);
  for (const name of [transcript, "sessions.json"]) fs.unlink(`${sessions}/${name}`);
  writeTree(fs, sessions, {
    [`${transcript}.reset.${stamp}`]: copied,
    "sessions.json": JSON.stringify({ ...index, ...Object.fromEntries(rows) }),
  });
  const again = await migrated(fs, { firstId: 50 });
  expect(again.sessions.map(({ outcome }) => outcome)).toEqual([
    "left",
    ...[...brought].slice(1).map(() => "there"),
  ]);
  expect(again.outcome.operationId).toBeUndefined();
});

function textOf(fs: MemoryFs, name: string): string {
  return tree(fs, sessions).get(name)?.bytes?.toString("utf8") ?? "";
}

function markedOtherwise(transcript: string): string {
  return transcript.replace(/"sha256":"[0-9a-f]{4}/, '"sha256":"0000');
}
