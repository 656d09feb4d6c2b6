import { describe, expect, test } from "vitest";
import { applyPlan, listTrash, planUndoOf } from "../../src/engine.ts";
import { archiveTranscript, deleteTranscript } from "../../src/store.ts";
import { indexOf, indexPath, memoryStore, sessionsDir } from "./memory-store.ts";

const address = { storePath: indexPath, sessionId: "s1" };
const stamp = "2026-11-20T12-00-00.000Z";
const used = indexOf({ "agent:main:main": { sessionId: "s1" } });
const over = { "sessions.json": "{}", "s1.jsonl": "one\n" };

describe("the transcript of a session that is over", () => {
  test.each(["deleted", "reset"] as const)("is moved to an archive: %s", async (reason) => {
    const { host, names, text } = memoryStore(over);
    const { path } = await archiveTranscript(address, reason, { host });
    expect(path).toBe(`${sessionsDir}/s1.jsonl.${reason}.${stamp}`);
    expect(names()).toEqual([".sessionsmith", `s1.jsonl.${reason}.${stamp}`, "sessions.json"]);
    expect(text(`s1.jsonl.${reason}.${stamp}`)).toBe("one\n");
  });

  test("is archived when it is deleted, or moved to the trash, and comes back either way", async () => {
    for (const archive of [undefined, true, false]) {
      const { fs, host, names, text } = memoryStore(over);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { path, operationId } = await deleteTranscript(address, {
        host,
        ...(archive === undefined ? {} : { archive }),
      });
      const archived = `s1.jsonl.deleted.${stamp}`;
      expect(names()).toEqual([".sessionsmith", ...(archive === false ? [] : [archived]), "sessions.json"]);
      expect(text(path.slice(sessionsDir.length + 1))).toBe("one\n");
      expect(listTrash(fs, sessionsDir).length).toBe(archive === false ? 1 : 0);
      const { plan, conflicts } = planUndoOf(host, { realDir: sessionsDir, operationId });
      // oxlint-disable-next-line no-await-in-loop
      await applyPlan(host, plan);
      expect([conflicts, names()]).toEqual([[], [".sessionsmith", "s1.jsonl", "sessions.json"]]);
    }
  });
});

describe("a transcript that somebody needs", () => {
  const fork = '{"type":"session","version":3,"id":"f","parentSession":"s1.jsonl"}\n';
  const otherIndex = indexOf({ "agent:b:main": { sessionId: "x", sessionFile: `${sessionsDir}/s1.jsonl` } });

  test.each([
    ["its row", { "sessions.json": used }],
    ["a fork", { "sessions.json": indexOf({ f: { sessionId: "f" } }), "f.jsonl": fork }],
    ["another agent", { "sessions.json": "{}", "../../b/sessions/sessions.json": otherIndex }],
    ["an index that can't be read", { "sessions.json": "{}", "../../b/sessions/sessions.json": "oops" }],
    ["a further name", { "sessions.json": "{}", "../../copy.jsonl": { hardLink: "s1.jsonl" } }],
  ])("stays: %s", async (_name, files) => {
    const { fs, host } = memoryStore({ "s1.jsonl": "one\n", ...files });
    for (const act of [
      () => archiveTranscript(address, "deleted", { host }),
      () => deleteTranscript(address, { host, archive: false }),
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(act()).rejects.toMatchObject({ code: "E_REFUSED" });
    }
    expect(fs.mutations()).toBe(0);
  });

  test("can be backed up, and stays in use", async () => {
    const { host, names, text } = memoryStore({ "sessions.json": used, "s1.jsonl": "one\n" });
    const { path } = await archiveTranscript(address, "bak", { host });
    expect(path).toBe(`${sessionsDir}/s1.jsonl.bak.${stamp}`);
    expect(names()).toEqual([".sessionsmith", "s1.jsonl", `s1.jsonl.bak.${stamp}`, "sessions.json"]);
    expect(text(`s1.jsonl.bak.${stamp}`)).toBe("one\n");
  });
});

test("a transcript that is not there is not found", async () => {
  const { host } = memoryStore({ "sessions.json": used });
  for (const reason of ["bak", "deleted"] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(archiveTranscript(address, reason, { host })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  }
});
