import { readStoreLedger } from "@sessionsmith/core/engine";
import { writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { type DeleteOrder, deleteSessions, requireDeletable } from "../../src/delete/delete-sessions.ts";
import { diskWith, rowsOf, scopeOn, sessionsDir, transcript, visible } from "../change/changed-store.ts";

const rows = {
  "agent:main:main": { sessionId: "s1" },
  "agent:main:cron:a": { sessionId: "s2" },
  "agent:main:cron:a:run:1": { sessionId: "s2", label: "Run" },
  "agent:main:subagent:7": { sessionId: "s3", spawnedBy: "agent:main:main" },
};
const files = { "s1.jsonl": transcript("s1"), "s2.jsonl": transcript("s2"), "s3.jsonl": transcript("s3") };

async function deleted(order: DeleteOrder) {
  const fs = diskWith({ rows, files });
  const { answer } = await deleteSessions(scopeOn(fs), order);
  return { fs, answer };
}

describe("deleteSessions", () => {
  test("all the rows of a session go, with its transcript and a record each", async () => {
    const keys = ["agent:main:cron:a", "agent:main:cron:a:run:1"];
    const { fs, answer } = await deleted({ keys });
    expect(answer).toMatchObject({
      ok: true,
      deleted: true,
      removedKeys: keys,
      keptKeys: [],
      historyRecorded: true,
    });
    expect(answer.archived).toEqual([expect.stringContaining("/s2.jsonl.deleted.")]);
    expect(Object.keys(rowsOf(fs))).toEqual(["agent:main:main", "agent:main:subagent:7"]);
    expect(readStoreLedger(fs, sessionsDir).map(({ key, label }) => [key, label])).toEqual([
      [keys[0], undefined],
      [keys[1], "Run"],
    ]);
  });

  test("one of two rows leaves the transcript to the other", async () => {
    const { fs, answer } = await deleted({ keys: ["agent:main:cron:a:run:1"] });
    expect([answer.archived, answer.warnings]).toEqual([[], []]);
    expect(visible(fs)).toHaveProperty(["s2.jsonl"]);
  });

  test("the transcript goes to the trash, or stays", async () => {
    const keys = ["agent:main:subagent:7"];
    const trashed = await deleted({ keys, transcript: "trash" });
    expect(trashed.answer.archived).toEqual([expect.stringContaining("/.sessionsmith/operations/")]);
    expect(visible(trashed.fs)).not.toHaveProperty(["s3.jsonl"]);
    const kept = await deleted({ keys, transcript: "keep" });
    expect(kept.answer).toMatchObject({ archived: [], deleted: true });
    expect(visible(kept.fs)).toHaveProperty(["s3.jsonl"]);
  });

  test("a transcript that lies elsewhere stays there, and a warning says so", async () => {
    const outside = { "agent:main:x": { sessionId: "s9", sessionFile: "/home/user/s9.jsonl" } };
    const fs = diskWith({ rows: outside });
    writeTree(fs, "/home/user", { "s9.jsonl": transcript("s9") });
    const { answer } = await deleteSessions(scopeOn(fs), { keys: ["agent:main:x"] });
    expect([answer.archived, answer.warnings]).toEqual([
      [],
      ["/home/user/s9.jsonl lies outside the sessions directory, and stays there."],
    ]);
    expect(fs.lstat("/home/user/s9.jsonl")).toBeDefined();
  });

  test("a row of another kind stays", async () => {
    const other = await deleted({ keys: ["agent:main:cron:a"], ifKind: "subagent" });
    expect(other.answer).toMatchObject({
      deleted: false,
      removedKeys: [],
      keptKeys: ["agent:main:cron:a"],
      operationId: null,
    });
    const same = await deleted({ keys: ["agent:main:subagent:7"], ifKind: "spawn-child" });
    expect(same.answer.deleted).toBe(true);
  });

  test("a key without a row is no error", async () => {
    expect((await deleted({ keys: ["agent:main:none"] })).answer).toMatchObject({
      deleted: false,
      operationId: null,
    });
  });

  test("the main session stays, and with it all that was named beside it", async () => {
    const fs = diskWith({ rows, files });
    const order = { keys: ["agent:main:subagent:7", "agent:main:main"] };
    await expect(deleteSessions(scopeOn(fs), order)).rejects.toThrow(
      expect.objectContaining({ code: "E_REFUSED" }),
    );
    expect(rowsOf(fs)).toEqual(rows);
  });

  test.each(["agent:main:main", "agent:work:main", "agent:main:home", "main", "global"])(
    "%s can't be deleted",
    (key) => {
      expect(() => requireDeletable(key, { mainKey: "home" })).toThrow("Cannot delete the main session");
    },
  );

  test.each(["unknown", "agent:main:main:thread:7", "agent:main:direct:main"])("%s can", (key) => {
    expect(() => requireDeletable(key, { mainKey: "main" })).not.toThrow();
  });
});
