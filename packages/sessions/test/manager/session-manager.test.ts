import { readStoreLedger } from "@sessionsmith/core/engine";
import { openSessionStore } from "@sessionsmith/core/store";
import { writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { createSessionManager } from "../../src/manager/create-session-manager.ts";
import type { SessionManager } from "../../src/manager/session-manager.ts";
import { managedStore, sessionsDir, start } from "./managed-store.ts";

const ann = { userId: "ann", channelId: "telegram" };
const minute = 60_000;

async function say(manager: SessionManager, sessionId: string, ...texts: readonly string[]): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- one message after the other
  for (const content of texts) await manager.addMessage({ sessionId, role: "user", content });
}
const contents = (messages: readonly { readonly content: string }[]) =>
  messages.map(({ content }) => content);

describe("a session", () => {
  test("is made once, and found again by the same names", async () => {
    const { open, rows } = managedStore();
    const manager = open();
    const [one, other] = await Promise.all([
      manager.getOrCreateSession(ann),
      manager.getOrCreateSession(ann),
    ]);
    expect(one).toEqual(other);
    expect(one).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      key: "agent:main:telegram:direct:ann",
      userId: "ann",
      channelId: "telegram",
      createdAt: start,
      messageCount: 0,
      lastActivityAt: start,
      usage: { inputTokens: 0, outputTokens: 0 },
      encrypted: false,
      nextReset: undefined,
    });
    expect(await open().getOrCreateSession({ ...ann, peerId: "p" })).toEqual(one);
    expect(Object.keys(rows())).toEqual(["agent:main:telegram:direct:ann"]);
    expect((await manager.getOrCreateSession({ ...ann, channelId: "signal" })).id).not.toBe(one.id);
  });

  test("keeps the channel's own address of its person in origin", async () => {
    const { open, rows } = managedStore();
    const { key } = await open().getOrCreateSession({ ...ann, peerId: "peer-789" });
    expect(rows()[key]).toMatchObject({
      chatType: "direct",
      origin: { provider: "telegram", nativeDirectUserId: "peer-789", chatType: "direct" },
    });
  });

  test("of scope main is everybody's", async () => {
    const { open, rows } = managedStore();
    const manager = open({ scope: "main" });
    const one = await manager.getOrCreateSession(ann);
    expect(await manager.getOrCreateSession({ userId: "bob" })).toEqual(one);
    expect(one).toMatchObject({ key: "agent:main:main", userId: undefined });
    expect(rows()["agent:main:main"]).not.toHaveProperty("origin");
  });

  test("that others made is taken as it is", async () => {
    const { open, fs, rows } = managedStore();
    const { key } = await open().getOrCreateSession(ann);
    const row = { sessionId: "theirs", updatedAt: start - minute, thinkingLevel: "high", odd: [1] };
    fs.otherProcess().unlink(`${sessionsDir}/sessions.json`);
    writeTree(fs, sessionsDir, { "sessions.json": JSON.stringify({ [key]: row }) });
    const manager = open();
    expect(await manager.getOrCreateSession(ann)).toMatchObject({
      id: "theirs",
      lastActivityAt: start - minute,
    });
    await say(manager, "theirs", "hi");
    await manager.close();
    expect(rows()[key]).toMatchObject({ ...row, updatedAt: start, lastInteractionAt: start });
  });
});

describe("messages", () => {
  test("are read back as they were added, newest last", async () => {
    const { open } = managedStore();
    const manager = open();
    const { id: sessionId } = await manager.getOrCreateSession(ann);
    const call = { id: "c1", name: "look", arguments: { where: "here" } };
    const drafts = [
      { role: "system", content: "Be kind.", important: true },
      { role: "user", content: "What is there?" },
      {
        role: "assistant",
        content: "",
        toolCalls: [call],
        model: "m-1",
        usage: { inputTokens: 5, outputTokens: 2 },
      },
      { role: "toolResult", content: "nothing", toolCallId: "c1", toolName: "look", isError: true },
      { role: "assistant", content: "Nothing.\n", usage: { inputTokens: 7, outputTokens: 1 } },
    ] as const;
    const added = [];
    // oxlint-disable-next-line no-await-in-loop -- one message after the other
    for (const draft of drafts) added.push(await manager.addMessage({ sessionId, ...draft }));
    const history = await manager.getHistory(sessionId);
    expect(history.map(({ role, content }) => ({ role, content }))).toEqual(
      drafts.map(({ role, content }) => ({ role, content })),
    );
    expect(added.map(({ sessionId: _id, model: _m, ...message }) => message)).toEqual(
      history.map(({ model: _model, ...message }) => message),
    );
    expect(await open().getSession(sessionId)).toMatchObject({
      messageCount: 5,
      usage: { inputTokens: 12, outputTokens: 3 },
      lastActivityAt: start,
    });
  });

  test("the limit takes the newest", async () => {
    const { open } = managedStore();
    const manager = open();
    const { id } = await manager.getOrCreateSession(ann);
    const texts = Array.from({ length: 60 }, (_each, n) => `m${n}`);
    await say(manager, id, ...texts);
    expect(contents(await manager.getHistory(id))).toEqual(texts.slice(10));
    expect(contents(await manager.getHistory(id, { limit: 2 }))).toEqual(["m58", "m59"]);
    expect(contents(await manager.getHistory(id, { limit: 1000, format: "messages" }))).toEqual(texts);
    for (const limit of [0, -1, 1.5, Number.NaN])
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(manager.getHistory(id, { limit })).rejects.toMatchObject({ code: "E_USAGE" });
  });

  test("as text and as Markdown are one string", async () => {
    const { open } = managedStore();
    const manager = open();
    const { id } = await manager.getOrCreateSession(ann);
    await manager.addMessage({ sessionId: id, role: "user", content: "Hello" });
    await manager.addMessage({ sessionId: id, role: "assistant", content: "**Hi**" });
    expect(await manager.getHistory(id, { format: "text" })).toBe("User: Hello\n\nAssistant: **Hi**\n");
    expect(await manager.getHistory(id, { format: "markdown" })).toBe(
      "## User\n\nHello\n\n## Assistant\n\n**Hi**\n",
    );
  });

  test("form one chain of entries, also if two managers add them", async () => {
    const { open, files } = managedStore();
    const [one, other] = [open(), open()];
    const { id } = await one.getOrCreateSession(ann);
    await Promise.all([say(one, id, "a", "b", "c"), say(other, id, "d", "e")]);
    const [header, ...lines] = (files()[`${id}.jsonl`] ?? "")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(header).toMatchObject({ type: "session", version: 3, id });
    expect(lines.map(({ parentId }) => parentId)).toEqual([
      null,
      ...lines.slice(0, -1).map((line) => line.id),
    ]);
    expect((await one.getSession(id)).messageCount).toBe(5);
    expect((await other.getSession(id)).messageCount).toBe(5);
  });

  test.each([
    [{ role: "tool" }, /a role is one of/],
    [{ role: "user", toolCallId: "x" }, /toolCallId/],
    [{ role: "toolResult" }, /toolCallId/],
    [{ role: "user", toolCalls: [] }, /only an assistant/],
    [{ role: "assistant", usage: { inputTokens: -1, outputTokens: 0 } }, /whole numbers/],
    [{ role: "user", content: 7 }, /the content is a text/],
  ])("that can't be stored are refused: %j", async (draft, message) => {
    const { open, files } = managedStore();
    const manager = open();
    const { id } = await manager.getOrCreateSession(ann);
    const wrong = JSON.parse(JSON.stringify({ content: "", sessionId: id, ...draft }));
    await expect(manager.addMessage(wrong)).rejects.toMatchObject({
      code: "E_USAGE",
      message: expect.stringMatching(message),
    });
    expect(Object.keys(files())).toEqual(["sessions.json"]);
  });

  test("the row shows what they come to when the manager is closed", async () => {
    const { open, rows, clock } = managedStore();
    const manager = open();
    const { id, key } = await manager.getOrCreateSession(ann);
    clock.nowMs += minute;
    const usage = { inputTokens: 500, outputTokens: 200 };
    await manager.addMessage({ sessionId: id, role: "assistant", content: "x", usage });
    await manager.close();
    expect(rows()[key]).toMatchObject({
      sessionId: id,
      updatedAt: start + minute,
      lastInteractionAt: start + minute,
      sessionStartedAt: start,
      inputTokens: 500,
      outputTokens: 200,
      totalTokens: 700,
    });
    await expect(manager.getSession(id)).rejects.toThrow(/closed/);
    await manager.close();
  });
});

describe("a session that is cleared", () => {
  test("keeps its id, and what it held is a backup", async () => {
    const { open, files, rows } = managedStore();
    const manager = open();
    const { id, key } = await manager.getOrCreateSession(ann);
    await say(manager, id, "one", "two");
    const before = files()[`${id}.jsonl`];
    const { operationId } = await manager.clearHistory(id);
    expect(operationId).toBeDefined();
    expect(await manager.getHistory(id)).toEqual([]);
    expect(await manager.getSession(id)).toMatchObject({ id, messageCount: 0 });
    const backup = Object.entries(files()).find(([name]) => name.startsWith(`${id}.jsonl.bak.`));
    expect(backup?.[1]).toBe(before);
    expect(rows()[key]).toMatchObject({ sessionId: id, totalTokens: 0 });
    await say(manager, id, "three");
    expect(contents(await manager.getHistory(id))).toEqual(["three"]);
  });

  test("without messages stays as it is", async () => {
    const { open, files } = managedStore();
    const manager = open();
    const { id } = await manager.getOrCreateSession(ann);
    await manager.clearHistory(id);
    expect(Object.keys(files())).toEqual(["sessions.json"]);
  });
});

describe("a reset", () => {
  test("gives the key another session, keeps its settings, and archives what it held", async () => {
    const { open, files, rows } = managedStore();
    const manager = open();
    const first = await manager.getOrCreateSession(ann);
    await say(manager, first.id, "old");
    const before = files()[`${first.id}.jsonl`];
    const second = await manager.reset(ann);
    expect(second).toMatchObject({ key: first.key, messageCount: 0, userId: "ann" });
    expect(second.id).not.toBe(first.id);
    expect(await manager.getOrCreateSession(ann)).toEqual(second);
    const archive = Object.entries(files()).find(([name]) => name.startsWith(`${first.id}.jsonl.reset.`));
    expect(archive?.[1]).toBe(before);
    expect(Object.keys(files())).not.toContain(`${first.id}.jsonl`);
    expect(rows()[first.key]).toMatchObject({ sessionId: second.id, totalTokens: 0, compactionCount: 0 });
    await expect(
      manager.addMessage({ sessionId: first.id, role: "user", content: "x" }),
    ).rejects.toMatchObject({
      code: "E_NOT_FOUND",
    });
  });

  test("is made when it is due, by idleness", async () => {
    const { open, clock } = managedStore();
    const manager = open({ idleResetMinutes: 30 });
    const first = await manager.getOrCreateSession(ann);
    clock.nowMs += 20 * minute;
    await say(manager, first.id, "a");
    clock.nowMs += 30 * minute - 1;
    expect(await manager.getOrCreateSession(ann)).toMatchObject({
      id: first.id,
      nextReset: { at: start + 50 * minute, reason: "idle" },
    });
    clock.nowMs += 1;
    const second = await manager.getOrCreateSession(ann);
    expect(second.id).not.toBe(first.id);
    clock.nowMs += 45 * minute;
    const added = await manager.addMessage({ sessionId: second.id, role: "user", content: "b" });
    expect(added.sessionId).not.toBe(second.id);
    expect(contents(await manager.getHistory(added.sessionId))).toEqual(["b"]);
  });

  test("is noted with its reason, whoever asked for it", async () => {
    const { open, clock, fs } = managedStore();
    const manager = open({ idleResetMinutes: 30 });
    const { id: sessionId } = await manager.getOrCreateSession(ann);
    await manager.addMessage({
      sessionId,
      role: "user",
      content: "x",
      usage: { inputTokens: 5, outputTokens: 0 },
    });
    await manager.close();
    const again = open({ idleResetMinutes: 30, clock: { now: () => clock.nowMs + 30 * minute } });
    await again.getOrCreateSession(ann);
    await again.reset({ ...ann, reason: "new" });
    const ended = readStoreLedger(fs, sessionsDir).map(({ reason, sessionId: id, inputTokens }) => [
      reason,
      id,
      inputTokens,
    ]);
    expect(ended).toEqual([
      ["idle", sessionId, 5],
      ["new", expect.any(String), 0],
    ]);
  });

  test("is made once, however long nobody was there", async () => {
    const { open, clock, files } = managedStore();
    const first = await open({ dailyResetHour: "4:30" }).getOrCreateSession(ann);
    clock.nowMs += 10 * 24 * 60 * minute;
    const manager = open({ dailyResetHour: "4:30" });
    const [one, other] = await Promise.all([
      manager.getOrCreateSession(ann),
      manager.getOrCreateSession(ann),
    ]);
    expect(one.id).toBe(other.id);
    expect(one.id).not.toBe(first.id);
    expect(one.nextReset).toEqual({ at: Date.UTC(2026, 11, 1, 4, 30), reason: "daily" });
    expect(Object.keys(files())).toEqual(["sessions.json"]);
  });
});

describe("checkpoints", () => {
  test("are many, and survive clear, reset and cleanup", async () => {
    const { open, clock } = managedStore();
    const manager = open();
    const first = await manager.getOrCreateSession(ann);
    await say(manager, first.id, "one");
    const one = await manager.saveCheckpoint({ sessionId: first.id, name: "same", description: "first" });
    await say(manager, first.id, "two");
    clock.nowMs += 1;
    const two = await manager.saveCheckpoint({ sessionId: first.id, name: "same" });
    expect([one.messageCount, two.messageCount]).toEqual([1, 2]);
    expect(one).toMatchObject({ name: "same", description: "first", createdAt: start, sessionId: first.id });
    await manager.clearHistory(first.id);
    const second = await manager.reset(ann);
    await say(manager, second.id, "later");
    expect(await manager.listCheckpoints(second.id)).toEqual([one, two]);

    expect(await manager.restoreCheckpoint(two.id)).toMatchObject({ id: second.id, messageCount: 2 });
    expect(contents(await manager.getHistory(second.id))).toEqual(["one", "two"]);
    await say(manager, second.id, "three");
    expect(contents(await manager.getHistory(second.id))).toEqual(["one", "two", "three"]);

    clock.nowMs += 40 * 24 * 60 * minute;
    const cleaned = await manager.cleanup({ olderThan: "30d", keepCheckpoints: true });
    expect(cleaned).toMatchObject({
      removed: [{ id: second.id, key: second.key }],
      kept: 0,
      checkpointsRemoved: 0,
    });
    expect(await manager.findSession(ann)).toBeUndefined();
    expect(await manager.listCheckpoints(first.id)).toEqual([one, two]);
    expect(await manager.restoreCheckpoint(one.id)).toMatchObject({
      id: first.id,
      key: first.key,
      userId: "ann",
    });
    expect(contents(await manager.getHistory(first.id))).toEqual(["one"]);
    await manager.deleteCheckpoint(two.id);
    expect(await manager.listCheckpoints(first.id)).toEqual([one]);
  });

  test("of a session without messages hold none", async () => {
    const { open } = managedStore();
    const manager = open();
    const { id } = await manager.getOrCreateSession(ann);
    const empty = await manager.saveCheckpoint({ sessionId: id, name: "empty" });
    expect(empty.messageCount).toBe(0);
    await say(manager, id, "one");
    await manager.restoreCheckpoint(empty.id);
    expect(await manager.getHistory(id)).toEqual([]);
  });

  test("present lines are a backup before others come back", async () => {
    const { open, files } = managedStore();
    const manager = open();
    const { id } = await manager.getOrCreateSession(ann);
    await say(manager, id, "one");
    const { id: checkpoint } = await manager.saveCheckpoint({ sessionId: id, name: "c" });
    await say(manager, id, "two");
    const before = files()[`${id}.jsonl`];
    await manager.restoreCheckpoint(checkpoint);
    const backups = Object.entries(files()).filter(([name]) => name.startsWith(`${id}.jsonl.bak.`));
    expect(backups.map(([, text]) => text)).toEqual([before]);
  });

  test("go with their sessions if cleanup is told so", async () => {
    const { open, clock } = managedStore();
    const manager = open();
    const mine = await manager.getOrCreateSession(ann);
    const theirs = await manager.getOrCreateSession({ ...ann, userId: "bob" });
    await manager.saveCheckpoint({ sessionId: mine.id, name: "a" });
    await manager.saveCheckpoint({ sessionId: mine.id, name: "b" });
    const kept = await manager.saveCheckpoint({ sessionId: theirs.id, name: "c" });
    clock.nowMs += 2 * 60 * minute;
    await say(manager, theirs.id, "here");
    expect(await manager.cleanup({ olderThan: "1h", keepCheckpoints: false })).toMatchObject({
      removed: [{ id: mine.id, key: mine.key }],
      kept: 1,
      checkpointsRemoved: 2,
      operationId: expect.any(String),
    });
    await expect(manager.listCheckpoints(mine.id)).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    expect(await manager.listCheckpoints(theirs.id)).toEqual([kept]);
  });
});

test("cleanup leaves the main session, and what no manager made", async () => {
  const { open, clock, fs } = managedStore();
  const manager = open({ scope: "main" });
  await manager.getOrCreateSession({});
  const store = await openSessionStore(sessionsDir, { host: managedStore(fs).host });
  await store.update((sessions) => sessions.set("agent:main:theirs", { sessionId: "t", updatedAt: start }));
  clock.nowMs += 90 * 24 * 60 * minute;
  expect(await manager.cleanup({ olderThan: "30d" })).toEqual({
    removed: [],
    kept: 1,
    checkpointsRemoved: 0,
    operationId: undefined,
  });
  for (const olderThan of ["0d", "-1d", "30", "1w", ""])
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(manager.cleanup({ olderThan })).rejects.toMatchObject({ code: "E_USAGE" });
});

test("every method on a session or checkpoint that is not there says so", async () => {
  const manager = managedStore().open();
  const sessionId = "00000000-0000-4000-8000-000000000000";
  const calls = [
    manager.getSession(sessionId),
    manager.addMessage({ sessionId, role: "user", content: "x" }),
    manager.getHistory(sessionId),
    manager.clearHistory(sessionId),
    manager.reset(ann),
    manager.saveCheckpoint({ sessionId, name: "x" }),
    manager.listCheckpoints(sessionId),
    manager.restoreCheckpoint(sessionId),
    manager.deleteCheckpoint("../../x"),
    manager.export(sessionId, { format: "json" }),
    manager.getContextHistory({ sessionId, maxTokens: 10 }),
  ];
  for (const call of calls)
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(call).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});

describe("settings of a store", () => {
  test("survive a restart, and win over the options", async () => {
    const { open, clock } = managedStore();
    const manager = open({ dailyResetHour: 4, idleResetMinutes: 10 });
    await manager.changeSettings({ scope: "per-peer", dailyReset: "off", idleReset: 45 });
    const again = open({ scope: "main", dailyResetHour: 5 });
    expect(await again.getSettings()).toEqual({
      scope: "per-peer",
      daily: undefined,
      idleMinutes: 45,
      timeZone: "UTC",
    });
    expect((await again.getOrCreateSession(ann)).key).toBe("agent:main:direct:ann");
    clock.nowMs += 1;
    await again.changeSettings({ dailyReset: "6:15", idleReset: "off" });
    expect(await manager.getSettings()).toMatchObject({
      daily: { hour: 6, minute: 15 },
      idleMinutes: undefined,
    });
  });

  test("that are not allowed change nothing", async () => {
    const manager = managedStore().open();
    for (const changes of [{ scope: "all" }, { dailyReset: "25" }, { idleReset: 0 }])
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(manager.changeSettings(JSON.parse(JSON.stringify(changes)))).rejects.toMatchObject({
        code: "E_USAGE",
      });
    expect(await manager.getSettings()).toMatchObject({ scope: "per-channel-peer" });
  });
});

test.each([
  { scope: "all" },
  { dailyResetHour: 24 },
  { idleResetMinutes: 0 },
  { timeZone: "Mars" },
  { agentId: "a b" },
  { storage: "paper" },
  { storage: "sqlite" },
  { storage: "json", dbPath: "x.db" },
  { storage: "sqlite", dbPath: "x.db", storePath: "y" },
])("an option that is not allowed is an error at once: %j", (options) => {
  expect(() => createSessionManager(JSON.parse(JSON.stringify(options)))).toThrow(
    expect.objectContaining({ code: "E_USAGE" }),
  );
});
