import { describe, expect, test } from "vitest";
import { compactSession } from "../../src/compact/compact-session.ts";
import { diskWith, rowsOf, scopeOn, transcript, visible } from "../change/changed-store.ts";

const key = "agent:main:main";
const row = {
  sessionId: "s1",
  updatedAt: 1,
  inputTokens: 1,
  outputTokens: 2,
  totalTokens: 3,
  totalTokensFresh: true,
  compactionCount: 4,
  label: "Ann",
};
const message = (n: number) => ({
  type: "message",
  id: `m${n}`,
  parentId: n === 1 ? null : `m${n - 1}`,
  message: { role: "user", content: `text ${n}` },
});
const whole = transcript("s1", message(1), message(2), message(3));

async function compacted(keepLines: number, text = whole, entry: object = row) {
  const fs = diskWith({ rows: { [key]: entry }, files: text === "" ? {} : { "s1.jsonl": text } });
  const { answer } = await compactSession(scopeOn(fs), { key, keepLines });
  return { fs, answer, entry: rowsOf(fs)[key] };
}

describe("compactSession", () => {
  test("keeps the header and the last lines, and the whole transcript beside it", async () => {
    const { fs, answer, entry } = await compacted(1);
    expect(visible(fs)["s1.jsonl"]).toBe(transcript("s1", { ...message(3), parentId: null }));
    expect(answer).toMatchObject({ ok: true, key, compacted: true, kept: 2, removedLines: 2, keptLines: 1 });
    const archive = answer.archivedPath?.split("/").at(-1) ?? "";
    expect(archive).toMatch(/^s1\.jsonl\.bak\./);
    expect(visible(fs)[archive]).toBe(whole);
    expect(entry).toEqual({
      sessionId: "s1",
      updatedAt: expect.any(Number),
      compactionCount: 5,
      label: "Ann",
    });
  });

  test("nothing to remove changes nothing", async () => {
    const { answer, entry } = await compacted(3);
    expect(answer).toMatchObject({
      compacted: false,
      kept: 4,
      removedLines: 0,
      archivedPath: null,
      operationId: null,
    });
    expect(entry).toEqual(row);
  });

  test("without a transcript, or a session, there is nothing to do", async () => {
    expect((await compacted(1, "")).answer).toMatchObject({ compacted: false, reason: "no transcript" });
    expect((await compacted(1, "", { updatedAt: 1 })).answer).toMatchObject({
      compacted: false,
      reason: "no sessionId",
    });
  });

  test.each([
    [0, "E_USAGE"],
    [1.5, "E_USAGE"],
  ])("%d lines are refused", async (keepLines, code) => {
    await expect(compacted(keepLines)).rejects.toThrow(expect.objectContaining({ code }));
  });

  test("a transcript without a header that is understood stays", async () => {
    await expect(compacted(1, `${JSON.stringify(message(1))}\n`)).rejects.toThrow(
      expect.objectContaining({ code: "E_REFUSED" }),
    );
  });

  test("a transcript that has a further name elsewhere stays, unless nothing would go", async () => {
    const fs = diskWith({ rows: { [key]: row }, files: { "s1.jsonl": whole } });
    const { sessionsDir } = scopeOn(fs).target;
    fs.link(`${sessionsDir}/s1.jsonl`, "/further.jsonl");
    await expect(compactSession(scopeOn(fs), { key, keepLines: 1 })).rejects.toThrow(
      expect.objectContaining({
        code: "E_REFUSED",
        message: expect.stringContaining("has a further name elsewhere. Nothing was changed."),
      }),
    );
    expect(visible(fs)["s1.jsonl"]).toBe(whole);
    expect(rowsOf(fs)[key]).toEqual(row);
    expect((await compactSession(scopeOn(fs), { key, keepLines: 3 })).answer.compacted).toBe(false);
  });

  test("a key without a row is not found, or nothing to do", async () => {
    const fs = diskWith({ rows: {} });
    await expect(compactSession(scopeOn(fs), { key, keepLines: 1 })).rejects.toThrow(
      expect.objectContaining({ code: "E_NOT_FOUND" }),
    );
    const { answer } = await compactSession(scopeOn(fs), { key, keepLines: 1, orNothing: true });
    expect(answer).toMatchObject({ compacted: false, reason: "no sessionId", operationId: null });
  });
});
