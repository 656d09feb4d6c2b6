import { writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { diskWith, hostOver, migrated, planned, stateDir, workspace } from "../legacy-disk.ts";

const sessions = `${stateDir}/agents/main/sessions`;
const legacy = (day: string) =>
  JSON.stringify({ updated_at: `${day}T10:00:00Z`, messages: [{ role: "user", content: "hello" }] });
const transcript = (id: string) =>
  [
    { type: "session", version: 3, id, timestamp: "2026-01-01T00:00:00.000Z", cwd: "/" },
    { type: "message", id: "m1", message: { role: "user", content: "good morning" } },
  ]
    .map((record) => `${JSON.stringify(record)}\n`)
    .join("");

test("a session that got only a spare key does not have it from what told the other one", async () => {
  const fs = diskWith({ ".sessions/telegram-5.json": legacy("2026-02-10") });
  const rows = { "agent:main:telegram:direct:5": { sessionId: "another", updatedAt: 1 } };
  writeTree(fs, sessions, { "sessions.json": JSON.stringify(rows) });
  const told = { keys: ["agent:main:legacy:telegram-5"], keyOrigin: "legacy" };
  expect([...planned(hostOver(fs)).sessions]).toMatchObject([told]);
  await migrated(fs);
  expect([...planned(hostOver(fs)).sessions]).toMatchObject([{ ...told, outcome: "there" }]);
});

test("a session that is named after the spare id of another one leaves a further one for that", async () => {
  const odd = { ".sessions/a:b.json": legacy("2026-02-10") };
  const [first] = planned(hostOver(diskWith(odd))).sessions;
  const spare = first?.sessionId ?? "";
  const fs = diskWith({ ...odd, [`.sessions/${spare}.json`]: legacy("2026-02-11") });
  const { sessions: brought } = await migrated(fs);
  const ids = [...brought].map(({ sessionId }) => sessionId);
  expect([...brought].map(({ outcome }) => outcome)).toEqual(["migrate", "migrate"]);
  expect(ids).toContain(spare);
  expect(new Set(ids).size).toBe(2);
  const again = planned(hostOver(fs, 50)).sessions;
  expect([...again].map(({ outcome, sessionId }) => [outcome, sessionId])).toEqual(
    ids.map((id) => ["there", id]),
  );
  fs.unlink(`${workspace}/.sessions/${spare}.json`);
  const alone = [...planned(hostOver(fs, 60)).sessions];
  expect(alone.map(({ outcome }) => outcome)).toEqual(["there"]);
  expect(ids).toContain(alone[0]?.sessionId);
  expect(alone[0]?.sessionId).not.toBe(spare);
});

describe("transcripts of OpenClaw, which keep their names:", () => {
  test.each(["2025-05-01", "2026-05-01"])(
    "another session of that id, of %s, gets another id",
    async (day) => {
      const fs = diskWith({
        ".sessions/s1.json": legacy(day),
        "sessions/s1.jsonl": transcript("s1"),
        "sessions/sessions.json": JSON.stringify({
          "agent:main:main": { sessionId: "s1", updatedAt: 1.77e12 },
        }),
      });
      const { sessions: brought } = await migrated(fs);
      expect([...brought]).toMatchObject([{ outcome: "migrate" }, { outcome: "migrate", sessionId: "s1" }]);
      expect([...brought][0]?.sessionId).not.toBe("s1");
    },
  );

  test("two rows that lead to one get it both, copied and moved once, also from an earlier run", async () => {
    const rows = {
      "agent:main:a": { sessionId: "s1", updatedAt: 1.77e12 },
      "agent:main:b": { sessionId: "s2", sessionFile: "s1.jsonl", updatedAt: 1.76e12 },
    };
    const files = { "sessions/s1.jsonl": transcript("s1"), "sessions/sessions.json": JSON.stringify(rows) };
    const fs = diskWith(files);
    const { sessions: brought } = await migrated(fs, { move: true });
    const copied = { outcome: "migrate", transcript: "s1.jsonl" };
    expect([...brought]).toMatchObject([
      { ...copied, sessionId: "s1" },
      { ...copied, sessionId: "s2" },
    ]);
    expect(fs.lstat(`${workspace}/sessions/s1.jsonl`)).toBeUndefined();
    writeTree(fs, workspace, { ...files, "sessions/s1.jsonl": transcript("changed") });
    const again = planned(hostOver(fs, 50)).sessions;
    expect([...again].map(({ outcome }) => outcome)).toEqual(["left", "left"]);
  });
});
