import { describe, expect, test } from "vitest";
import { applyPlan, planUndoOf } from "../../src/engine.ts";
import { appendTranscriptLine, compactTranscript, readTranscriptPreview } from "../../src/store.ts";
import { indexOf, indexPath, memoryStore, sessionsDir } from "./memory-store.ts";

const address = { storePath: indexPath, sessionId: "s1" };
const envelope = '{"type":"custom","customType":"sessionsmith.encrypted","data":{"v":1,"n":1}}';
const header = '{"type":"session","version":3,"id":"s1"}\n';
const lines = [1, 2, 3, 4, 5].map((n) => {
  const parentId = n === 1 ? null : `id${n - 1}`;
  return `${JSON.stringify({ type: "message", id: `id${n}`, parentId, message: { role: "user", content: `m${n}` } })}\n`;
});
const index = indexOf({ "agent:main:main": { sessionId: "s1", totalTokens: 7 } });
const stamp = "2026-11-20T12-00-00.000Z";
const whole = header + lines.join("");

describe("a compaction", () => {
  test("keeps the header and the last lines, and archives the whole", async () => {
    const { fs, host, text, names } = memoryStore({
      "sessions.json": index,
      "s1.jsonl": { content: whole, mode: 0o640, mtimeNs: 1_790_000_000_000_000_000n },
    });
    const done = await compactTranscript(address, { keepLines: 2 }, { host });
    expect(done).toMatchObject({
      removedLines: 3,
      keptLines: 2,
      archivedPath: `${sessionsDir}/s1.jsonl.bak.${stamp}`,
    });
    const [, , , fourth = "", fifth = ""] = lines;
    expect(text("s1.jsonl")).toBe(header + fourth.replace('"id3"', "null") + fifth);
    expect(text(`s1.jsonl.bak.${stamp}`)).toBe(whole);
    expect(fs.lstat(`${sessionsDir}/s1.jsonl`)?.mode).toBe(0o640);
    expect(fs.lstat(`${sessionsDir}/s1.jsonl.bak.${stamp}`)).toMatchObject({
      mode: 0o640,
      mtimeNs: 1_790_000_000_000_000_000n,
    });
    expect([text("sessions.json"), names().length]).toEqual([index, 4]);
  });

  test("is undone byte for byte", async () => {
    const { host, text, names } = memoryStore({ "sessions.json": index, "s1.jsonl": whole });
    const { operationId = "" } = await compactTranscript(address, { keepLines: 1 }, { host });
    const { plan, conflicts } = planUndoOf(host, { realDir: sessionsDir, operationId });
    expect(conflicts).toEqual([]);
    await applyPlan(host, plan);
    expect([text("s1.jsonl"), names()]).toEqual([whole, [".sessionsmith", "s1.jsonl", "sessions.json"]]);
  });

  test("with nothing to remove is no operation", async () => {
    const { fs, host } = memoryStore({ "sessions.json": index, "s1.jsonl": whole });
    const done = await compactTranscript(address, { keepLines: 5 }, { host });
    expect(done).toEqual({ removedLines: 0, keptLines: 5, archivedPath: undefined, operationId: undefined });
    expect(fs.mutations()).toBe(0);
  });

  test("twice in one millisecond makes two archives", async () => {
    const { host, names } = memoryStore({ "sessions.json": index, "s1.jsonl": whole });
    await compactTranscript(address, { keepLines: 2 }, { host });
    const second = await compactTranscript(address, { keepLines: 1 }, { host });
    expect(second.archivedPath).toBe(`${sessionsDir}/s1.jsonl.bak.2026-11-20T12-00-00.001Z`);
    expect(names()).toContain(`s1.jsonl.bak.${stamp}`);
  });

  test("of a transcript with too long a name has the whole in the trash only", async () => {
    const sessionId = "x".repeat(240);
    const { host, text } = memoryStore({ "sessions.json": "{}", [`${sessionId}.jsonl`]: whole });
    const { archivedPath = "" } = await compactTranscript(
      { storePath: indexPath, sessionId },
      { keepLines: 1 },
      { host },
    );
    expect(archivedPath).toContain("/.sessionsmith/operations/");
    expect(text(archivedPath.slice(sessionsDir.length + 1))).toBe(whole);
  });

  test("can be read and added to afterwards", async () => {
    const { host } = memoryStore({ "sessions.json": index, "s1.jsonl": whole });
    await compactTranscript(address, { keepLines: 1 }, { host });
    await appendTranscriptLine(
      address,
      { type: "message", message: { role: "user", content: "m6" } },
      { host },
    );
    const shown = await readTranscriptPreview(address, { limit: 9, maxChars: 9 }, { host });
    expect(shown?.map((message) => message.text)).toEqual(["m5", "m6"]);
  });

  test.each([
    ["no header", lines.join("")],
    ["a damaged header", `{"type":"session\n${lines.join("")}`],
    ["a header of a later version", `{"type":"session","version":4,"id":"s1"}\n${lines.join("")}`],
    ["nothing", ""],
    ["a header and encrypted lines", `${header}${lines[0]}${envelope}\n`],
  ])("is refused where there is %s", async (_name, content) => {
    const { fs, host } = memoryStore({ "sessions.json": index, "s1.jsonl": content });
    await expect(compactTranscript(address, { keepLines: 1 }, { host })).rejects.toMatchObject({
      code: "E_REFUSED",
    });
    expect(fs.mutations()).toBe(0);
  });

  test("needs a transcript, and a number of lines from 1 on", async () => {
    const { host } = memoryStore({ "sessions.json": index });
    const compact = (keepLines: number) => compactTranscript(address, { keepLines }, { host });
    await expect(compact(1)).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    for (const keepLines of [0, -1, 1.5, Number.NaN, Infinity]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(compact(keepLines)).rejects.toMatchObject({ code: "E_USAGE" });
    }
  });

  test("plans again if a line came meanwhile, and loses none", async () => {
    const { fs, host, text } = memoryStore({ "sessions.json": index, "s1.jsonl": whole });
    let isFirst = true;
    const acquire: typeof host.locks.acquire = (...request) => {
      if (isFirst)
        fs.otherProcess().appendFile(`${sessionsDir}/s1.jsonl`, (file) => file.write(Buffer.from("{}\n")));
      isFirst = false;
      return host.locks.acquire(...request);
    };
    const done = await compactTranscript(
      address,
      { keepLines: 1 },
      { host: { ...host, locks: { acquire } } },
    );
    expect(done).toMatchObject({ removedLines: 5, keptLines: 1 });
    expect([text("s1.jsonl"), text(`s1.jsonl.bak.${stamp}`)]).toEqual([`${header}{}\n`, `${whole}{}\n`]);
  });
});
