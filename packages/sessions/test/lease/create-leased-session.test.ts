import { describe, expect, test } from "vitest";
import { createLeasedSession } from "../../src/lease/create-leased-session.ts";
import { resetSession } from "../../src/reset/reset-session.ts";
import { patchSession } from "../../src/patch/patch-session.ts";
import { diskWith, rowsOf, scopeOn, visible } from "../change/changed-store.ts";

describe("createLeasedSession", () => {
  test("makes a row with a lease, under a key of its own, and no transcript", async () => {
    const fs = diskWith({});
    const order = { lease: { user: "alice", ttlSeconds: 60, meta: { theme: "dark" } } };
    const { answer } = await createLeasedSession(scopeOn(fs), order);
    const { key, sessionId, session } = answer;
    const at = session.createdAt ?? 0;
    expect(key).toBe(`agent:main:explicit:${sessionId}`);
    expect(session).toEqual({
      key,
      sessionId,
      agentId: "main",
      user: "alice",
      status: "active",
      ttlSeconds: 60,
      createdAt: at,
      lastAccessAt: at,
      expiresAt: at + 60_000,
      expiredAt: null,
      meta: { theme: "dark" },
    });
    expect(Object.keys(visible(fs))).toEqual(["sessions.json"]);
  });

  test("holds as long as the settings say", async () => {
    const fs = diskWith({ rows: {} });
    const scope = scopeOn(fs);
    const settings = { ...scope.settings, leaseTtlSeconds: null };
    const { answer } = await createLeasedSession({ ...scope, settings }, { lease: { user: "a", meta: {} } });
    expect(answer.session).toMatchObject({ ttlSeconds: null, expiresAt: null, status: "active" });
  });

  test("is like another session in its settings and metadata, and has nothing of its conversation", async () => {
    const like = {
      sessionId: "s",
      updatedAt: 1,
      thinkingLevel: "high",
      modelOverride: "gpt-5",
      label: "L",
      origin: { from: "x" },
      totalTokens: 9,
      sessionFile: "s.jsonl",
      pluginExtensions: {
        sessionsmith: { lease: { user: "bob", ttlSeconds: 7, expiresAt: 8, meta: { a: "1", b: "2" } } },
      },
    };
    const fs = diskWith({ rows: { "agent:main:main": like } });
    const order = { lease: { user: "ann", meta: { b: "3" } }, like };
    const { answer } = await createLeasedSession(scopeOn(fs), order);
    const { sessionId, updatedAt, sessionStartedAt, pluginExtensions: _own, ...rest } = answer.entry;
    expect(rest).toEqual({ thinkingLevel: "high", modelOverride: "gpt-5" });
    expect([sessionId, updatedAt, sessionStartedAt]).not.toContain(undefined);
    expect(answer.session).toMatchObject({ user: "ann", ttlSeconds: 7, meta: { a: "1", b: "3" } });
  });

  test("a reset and a patch keep the lease", async () => {
    const fs = diskWith({ rows: {} });
    const { answer } = await createLeasedSession(scopeOn(fs), {
      lease: { user: "ann", ttlSeconds: 60, meta: {} },
    });
    const { key } = answer;
    const own = { pluginExtensions: answer.entry["pluginExtensions"] };
    await patchSession(scopeOn(fs, 50), { key, patch: { thinkingLevel: "high" } });
    expect(rowsOf(fs)[key]).toMatchObject(own);
    await resetSession(scopeOn(fs, 90), { key });
    expect(rowsOf(fs)[key]).toMatchObject(own);
  });
});
