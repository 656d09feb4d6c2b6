import { join } from "node:path";
import { z } from "zod";
import { describe, expect, test } from "vitest";
import { writeTree } from "@sessionsmith/testkit";
import { createSessionMethods } from "../../src/methods/create-session-methods.ts";
import { defineMethod } from "../../src/methods/method.ts";
import { openSessionStores } from "../../src/methods/session-stores.ts";
import { diskWith, hostOver, rowsOf, sessionsDir, stateDir, transcript } from "../change/changed-store.ts";

const rows = {
  "agent:main:main": { sessionId: "s1", updatedAt: 1 },
  "agent:main:a": { sessionId: "s2", label: "Ann", updatedAt: 2, spawnedBy: "agent:main:main" },
  "agent:main:cron:j:run:1": { sessionId: "s3", updatedAt: 3 },
  global: { sessionId: "s4", updatedAt: 4 },
  "agent:main:telegram:group:7": { sessionId: "s5", updatedAt: 5, groupChannel: "#Fun Room", space: "Team" },
};

function opened(
  sketch: Parameters<typeof diskWith>[0] = { rows },
  more: Parameters<typeof createSessionMethods>[1] = [],
) {
  const fs = diskWith(sketch);
  const host = hostOver(fs);
  return { fs, host, methods: createSessionMethods(openSessionStores({ host, stateDir }), more) };
}

describe("createSessionMethods", () => {
  test("methods are functions with typed parameters and answers", async () => {
    const { methods } = opened();
    const { sessions, totalCount } = await methods["sessions.list"]({ limit: 1, includeDerivedTitles: true });
    expect([totalCount, sessions[0]?.key]).toEqual([3, "agent:main:telegram:group:7"]);
    const { archived } = await methods["sessions.delete"]({ key: "agent:main:a" });
    expect(archived).toEqual([]);
  });

  test("a list hides runs of cron jobs, global and unknown, and tells children and names of groups", async () => {
    const { methods } = opened();
    const { sessions } = await methods["sessions.list"]({ includeGlobal: true });
    expect(sessions.map(({ key, displayName, childSessions }) => [key, displayName, childSessions])).toEqual([
      ["agent:main:telegram:group:7", "telegram:team#fun-room", undefined],
      ["global", undefined, undefined],
      ["agent:main:a", "Ann", undefined],
      ["agent:main:main", undefined, ["agent:main:a"]],
    ]);
  });

  test("a word that means several sessions lists the candidates", async () => {
    const { methods } = opened({
      rows: { "agent:main:a": { sessionId: "s" }, "agent:main:b": { sessionId: "s" } },
    });
    const answer = await methods.answer("sessions.resolve", { sessionId: "s" });
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: "INVALID_REQUEST",
        details: { code: "E_USAGE", candidates: [{ key: "agent:main:a" }, { key: "agent:main:b" }] },
      },
    });
  });

  test("the parameters of openclaw-python are taken, but not beside those of OpenClaw", async () => {
    const { methods, fs } = opened();
    await methods["sessions.patch"]({ key: "main", patch: { thinkingLevel: "LOW", totalTokens: 5 } });
    expect(rowsOf(fs)["agent:main:main"]).toMatchObject({ thinkingLevel: "low", totalTokens: 5 });
    expect(await methods.answer("sessions.patch", { key: "main", label: "x", patch: {} })).toMatchObject({
      ok: false,
    });
    expect(
      await methods.answer("sessions.patch", { key: "main", patch: { thinking_level: "x" } }),
    ).toMatchObject({
      ok: false,
      error: {
        message: "invalid sessions.patch params: at /patch: unexpected property 'thinking_level'",
        details: { hint: "Names are written like this: thinkingLevel." },
      },
    });
  });

  test("what may pass is unavailable, what is wrong is an invalid request", async () => {
    const locked = opened({ rows, files: { "s2.jsonl": transcript("s2") } });
    const alive = { ...locked.host, processes: { ...locked.host.processes, state: () => "alive" as const } };
    writeTree(locked.fs, sessionsDir, {
      "s2.jsonl.lock": JSON.stringify({ pid: 4, createdAt: "2026-11-20T00:00:00Z" }),
    });
    const methods = createSessionMethods(openSessionStores({ host: alive, stateDir }));
    expect(await methods.answer("sessions.reset", { key: "agent:main:a" })).toMatchObject({
      ok: false,
      error: { code: "UNAVAILABLE", details: { code: "E_LOCKED" } },
    });
    expect(await methods.answer("sessions.nope", {})).toMatchObject({
      ok: false,
      error: { code: "INVALID_REQUEST", message: "unknown method: sessions.nope" },
    });
    expect(await methods.answer("sessions.list", { agentId: "nobody" })).toMatchObject({
      ok: false,
      error: { code: "INVALID_REQUEST" },
    });
  });

  test("further methods can be added, and take the place of one of their name", async () => {
    const params = z.strictObject({ n: z.int() });
    const result = z.strictObject({ twice: z.int() });
    const twice = defineMethod({
      name: "twice",
      summary: "twice as much",
      params,
      result,
      run: async (_, { n }) => ({ twice: 2 * n }),
    });
    const none = defineMethod({
      name: "sessions.list",
      summary: "nothing",
      params: z.looseObject({}),
      result,
      run: async () => ({ twice: 0 }),
    });
    const { methods } = opened({ rows }, [twice, none]);
    expect(await methods.call("twice", { n: 3 })).toEqual({ twice: 6 });
    expect(await methods.call("sessions.list", {})).toEqual({ twice: 0 });
    await expect(methods.call("twice", {})).rejects.toThrow(
      "invalid twice params: must have required property 'n'",
    );
  });

  test("a key names the store of its agent; one that is nobody's is refused", async () => {
    const { methods, fs } = opened({
      rows,
      settings: { agents: { list: [{ id: "main" }, { id: "work" }] } },
    });
    await methods["sessions.create"]({
      key: "agent:work:x",
      parentSessionKey: "main",
      model: "openai/gpt-5",
    });
    expect(rowsOf(fs, join(stateDir, "agents", "work", "sessions"))["agent:work:x"]).toMatchObject({
      parentSessionKey: "agent:main:main",
      modelOverride: "gpt-5",
    });
    expect(await methods.answer("sessions.create", { key: "agent:nobody:x" })).toMatchObject({ ok: false });
    expect(await methods.answer("sessions.create", { key: "agent:work:x", agentId: "main" })).toMatchObject({
      ok: false,
    });
    expect(await methods.answer("sessions.create", { parentSessionKey: "agent:main:none" })).toMatchObject({
      ok: false,
      error: { message: "unknown parent session: agent:main:none" },
    });
    expect(
      await methods.answer("sessions.create", { key: "agent:work:x", parentSessionKey: "main" }),
    ).toMatchObject({ ok: false });
    expect(await methods["sessions.create"]({ agentId: "work" })).toMatchObject({
      key: expect.stringMatching(/^agent:work:dashboard:/),
    });
    expect(await methods["sessions.create"]({ key: "agent:main:a", label: "Eve" })).toMatchObject({
      sessionId: "s2",
      entry: { label: "Eve" },
    });
  });

  test("one store alone", async () => {
    const fs = diskWith({ rows });
    const stores = openSessionStores({
      host: hostOver(fs),
      stateDir,
      store: `${sessionsDir}/sessions.json`,
      changes: { dryRun: true },
    });
    const methods = createSessionMethods(stores);
    expect((await methods["sessions.list"]({})).path).toBe(`${sessionsDir}/sessions.json`);
    expect(await methods["sessions.reset"]({ key: "main" })).toMatchObject({
      dryRun: true,
      operationId: null,
    });
    expect(rowsOf(fs)).toEqual(rows);
  });
});
