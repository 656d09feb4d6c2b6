import { describe, expect, test } from "vitest";
import { type CreateOrder, createSession } from "../../src/create/create-session.ts";
import { diskWith, rowsOf, scopeOn, sessionsDir, transcript, visible } from "../change/changed-store.ts";

const rows = { "agent:main:main": { sessionId: "s1", label: "Ann" } };

async function created(order: CreateOrder, sketch: Parameters<typeof diskWith>[0] = { rows }) {
  const fs = diskWith(sketch);
  const { answer } = await createSession(scopeOn(fs), order);
  return { fs, answer };
}

describe("createSession", () => {
  test("a row with a new id under a key of its own, and no transcript", async () => {
    const { fs, answer } = await created({
      label: " Bob ",
      patch: { thinkingLevel: "HIGH" },
      fields: { spawnDepth: 1 },
    });
    const { sessionId } = answer;
    expect(answer.key).toBe(`agent:main:explicit:${sessionId}`);
    expect(rowsOf(fs)[answer.key]).toEqual({
      sessionId,
      updatedAt: expect.any(Number),
      sessionStartedAt: expect.any(Number),
      spawnDepth: 1,
      thinkingLevel: "high",
      label: "Bob",
    });
    expect(Object.keys(visible(fs))).toEqual(["sessions.json"]);
  });

  test("with a transcript, as a gateway makes it", async () => {
    const { fs, answer } = await created({ key: "Dashboard:x", transcript: true });
    expect(answer.key).toBe("agent:main:dashboard:x");
    expect(answer.entry).toEqual({
      sessionId: answer.sessionId,
      updatedAt: expect.any(Number),
      sessionFile: `${sessionsDir}/${answer.sessionId}.jsonl`,
    });
    expect(JSON.parse(visible(fs)[`${answer.sessionId}.jsonl`] ?? "")).toMatchObject({
      type: "session",
      id: answer.sessionId,
    });
  });

  test("a store that is not there is made", async () => {
    const { fs, answer } = await created({ sessionId: "a1b2c3d4e5f6" }, {});
    expect(rowsOf(fs)).toEqual({ [answer.key]: answer.entry });
    expect(fs.lstat(sessionsDir)?.mode).toBe(0o700);
    expect(fs.lstat(`${sessionsDir}/sessions.json`)?.mode).toBe(0o600);
  });

  test("transcripts without an index are damage, not an empty store", async () => {
    const fs = diskWith({ rows, files: { "s1.jsonl": transcript("s1") } });
    fs.otherProcess().unlink(`${sessionsDir}/sessions.json`);
    await expect(createSession(scopeOn(fs), {})).rejects.toThrow(
      expect.objectContaining({ code: "E_CORRUPT_INDEX" }),
    );
  });

  test.each<[string, CreateOrder, string]>([
    ["a key that is taken", { key: "main" }, "E_USAGE"],
    ["an id that is taken", { sessionId: "s1" }, "E_USAGE"],
    ["an id that is no file name", { sessionId: "../x" }, "E_USAGE"],
    ["a label that is taken", { label: "Ann" }, "E_USAGE"],
    ["an empty key", { key: ":" }, "E_USAGE"],
    ["a key that is too long", { key: "x".repeat(1100) }, "E_USAGE"],
    ["the key of another agent", { key: "agent:work:x" }, "E_REFUSED"],
    ["a field that is not patchable", { patch: { sessionId: "x" } }, "E_USAGE"],
  ])("%s is refused", async (_, order, code) => {
    await expect(created(order)).rejects.toThrow(expect.objectContaining({ code }));
  });

  test("a transcript that lies where that of the new session would be is nobody's to take", async () => {
    const files = { "s9.jsonl": transcript("s9") };
    await expect(created({ sessionId: "s9" }, { rows, files })).rejects.toThrow(
      "The session id s9 is taken.",
    );
  });
});
