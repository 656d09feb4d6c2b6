/* The examples of the sessions reference that Clodds 1.7.6 publishes, as they stand there, with what their comments claim. */
import { nodeHost } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import { hasSqlite, makeTempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createChatCommands } from "../../src/chat/create-chat-commands.ts";
import {
  createSessionManager as create,
  type SessionManagerOptions,
} from "../../src/manager/create-session-manager.ts";
import type { HistoryMessage, Session, SessionManager } from "../../src/manager.ts";
import { managedStore, type ManagedStore, sessionsDir } from "./managed-store.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
let store: ManagedStore;
let logged: string[];

/** The examples name no machine and no store: these tests do. */
const createSessionManager = (options: SessionManagerOptions): SessionManager =>
  create({ host: store.host, storePath: sessionsDir, timeZone: "UTC", ...options });

beforeEach(() => {
  store = managedStore();
  logged = [];
  vi.spyOn(console, "log").mockImplementation((text: string) => void logged.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
});

const texts = (messages: readonly Pick<HistoryMessage, "content">[]) =>
  messages.map(({ content }) => content.split(":")[0]);

async function twoMessages(sessions: SessionManager): Promise<Session> {
  const session = await sessions.getOrCreateSession({
    userId: "user-123",
    channelId: "telegram-456",
    peerId: "peer-789",
  });

  // Add user message
  await sessions.addMessage({
    sessionId: session.id,
    role: "user",
    content: "What is my portfolio value?",
  });

  // Add assistant message
  await sessions.addMessage({
    sessionId: session.id,
    role: "assistant",
    content: "Your portfolio is worth $10,234.56",
    usage: {
      inputTokens: 500,
      outputTokens: 200,
    },
  });
  return session;
}

test.skipIf(!hasSqlite())("Create Session Manager, Get or Create Session", async () => {
  // SQLite works on the machine itself.
  const dir = makeTempDir();
  const host = { ...nodeEngineHost({ ...nodeHost(), cwd: dir.path }), clock: store.host.clock };
  const sessions = create({
    host,
    timeZone: "UTC",
    // Session scope
    scope: "per-channel-peer", // 'main' | 'per-peer' | 'per-channel-peer'

    // Auto-reset
    dailyResetHour: 0, // Reset at midnight
    idleResetMinutes: 30, // Reset after 30 min idle

    // Storage
    storage: "sqlite",
    dbPath: "./sessions.db",

    // Encryption
    encryptTranscripts: true,
    encryptionKey: "0123456789abcdef".repeat(4), // process.env.SESSION_KEY there
  });

  const session = await sessions.getOrCreateSession({
    userId: "user-123",
    channelId: "telegram-456",
    peerId: "peer-789",
  });

  console.log(`Session ID: ${session.id}`);
  console.log(`Created: ${session.createdAt}`);
  console.log(`Messages: ${session.messageCount}`);
  console.log(`Last activity: ${session.lastActivityAt}`);

  const now = store.clock.nowMs;
  expect(logged).toEqual([
    `Session ID: ${session.id}`,
    `Created: ${now}`,
    "Messages: 0",
    `Last activity: ${now}`,
  ]);
  expect(session.encrypted).toBe(true);
  const again = () => sessions.getOrCreateSession({ userId: "user-123", channelId: "telegram-456" });
  expect((await again()).id).toBe(session.id);
  // Reset after 30 min idle
  store.clock.nowMs += 30 * minute;
  const afterIdle = await again();
  expect(afterIdle.id).not.toBe(session.id);
  // Reset at midnight
  store.clock.nowMs = Date.UTC(2026, 10, 20, 23, 59);
  const beforeMidnight = await again();
  store.clock.nowMs += minute;
  expect((await again()).id).not.toBe(beforeMidnight.id);
  await sessions.close();
  dir.dispose();
});

test("Add Message to History, Get History", async () => {
  const sessions = createSessionManager({});
  const session = await twoMessages(sessions);

  // Get conversation history
  const history = await sessions.getHistory(session.id, {
    limit: 50,
    format: "messages", // 'messages' | 'markdown' | 'text'
  });

  for (const msg of history) {
    console.log(`[${msg.role}] ${msg.content}`);
  }

  expect(logged).toEqual([
    "[user] What is my portfolio value?",
    "[assistant] Your portfolio is worth $10,234.56",
  ]);
  expect((await sessions.getSession(session.id)).usage).toEqual({ inputTokens: 500, outputTokens: 200 });
  for (const format of ["markdown", "text"] as const)
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect(await sessions.getHistory(session.id, { format })).toContain("Your portfolio is worth $10,234.56");
});

test("Clear History, Reset Session", async () => {
  const sessions = createSessionManager({});
  const session = await twoMessages(sessions);

  // Clear conversation but keep session
  await sessions.clearHistory(session.id);

  expect(await sessions.getHistory(session.id)).toEqual([]);
  const present = await sessions.getOrCreateSession({ userId: "user-123", channelId: "telegram-456" });
  expect(present.id).toBe(session.id);

  // Full reset (new session)
  await sessions.reset({
    userId: "user-123",
    channelId: "telegram-456",
  });

  const next = await sessions.getOrCreateSession({ userId: "user-123", channelId: "telegram-456" });
  expect(next.id).not.toBe(session.id);
});

test("Checkpoints", async () => {
  const sessions = createSessionManager({});
  const session = await twoMessages(sessions);

  // Save checkpoint
  const checkpoint = await sessions.saveCheckpoint({
    sessionId: session.id,
    name: "Before major change",
    description: "Saving state before refactoring trading strategy",
  });

  console.log(`Checkpoint ID: ${checkpoint.id}`);
  console.log(`Messages saved: ${checkpoint.messageCount}`);

  // List checkpoints
  const checkpoints = await sessions.listCheckpoints(session.id);

  for (const cp of checkpoints) {
    console.log(`${cp.id}: ${cp.name} (${cp.messageCount} messages)`);
  }
  expect(logged).toEqual([
    `Checkpoint ID: ${checkpoint.id}`,
    "Messages saved: 2",
    `${checkpoint.id}: Before major change (2 messages)`,
  ]);
  await sessions.clearHistory(session.id);

  // Restore checkpoint
  await sessions.restoreCheckpoint(checkpoint.id);

  expect(await sessions.getHistory(session.id)).toHaveLength(2);

  // Delete checkpoint
  await sessions.deleteCheckpoint(checkpoint.id);

  expect(await sessions.listCheckpoints(session.id)).toEqual([]);
  expect(await sessions.getHistory(session.id)).toHaveLength(2);
});

test("Export Session", async () => {
  const sessions = createSessionManager({});
  const session = await twoMessages(sessions);

  // Export as markdown
  const markdown = await sessions.export(session.id, {
    format: "markdown",
    includeMetadata: true,
  });

  // Export as JSON
  const json = await sessions.export(session.id, {
    format: "json",
  });

  expect(markdown).toMatch(/^# Session\n\n- id: /);
  expect(markdown).toContain(
    `- id: ${session.id}\n- key: ${session.key}\n- created: 2026-11-20T12:00:00.000Z\n`,
  );
  expect(markdown).toContain("## Assistant\n\n- id: ");
  expect(markdown).toContain("- tokens: 500 in, 200 out\n\nYour portfolio is worth $10,234.56\n");
  expect(JSON.parse(json)).toEqual({
    messages: [
      { role: "user", content: "What is my portfolio value?" },
      { role: "assistant", content: "Your portfolio is worth $10,234.56" },
    ],
  });
  const all = JSON.parse(await sessions.export(session.id, { format: "json", includeMetadata: true }));
  expect(all.session).toMatchObject({ id: session.id, messageCount: 2 });
  expect(all.messages[1]).toMatchObject({
    id: expect.any(String),
    createdAt: store.clock.nowMs,
    model: "unknown",
    usage: { inputTokens: 500, outputTokens: 200 },
  });
});

test("Session Cleanup", async () => {
  const sessions = createSessionManager({});
  const session = await twoMessages(sessions);
  const { id: checkpointId } = await sessions.saveCheckpoint({ sessionId: session.id, name: "kept" });
  const cleanup = () =>
    // Delete old sessions
    sessions.cleanup({
      olderThan: "30d", // Delete sessions older than 30 days
      keepCheckpoints: true,
    });

  store.clock.nowMs += 30 * day;
  expect((await cleanup()).removed).toEqual([]);
  store.clock.nowMs += 1;
  expect((await cleanup()).removed).toEqual([{ id: session.id, key: session.key }]);
  await expect(sessions.getHistory(session.id)).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  await sessions.restoreCheckpoint(checkpointId);
  expect(await sessions.getHistory(session.id)).toHaveLength(2);
});

const keys = async (scope: NonNullable<SessionManagerOptions["scope"]>) => {
  const sessions = createSessionManager({ scope });
  const keyOf = async (userId: string, channelId: string) =>
    (await sessions.getOrCreateSession({ userId, channelId })).key;
  return new Set([await keyOf("a", "x"), await keyOf("a", "y"), await keyOf("b", "x")]).size;
};

test("Session Scopes", async () => {
  // Single global session; session per user; session per user per channel.
  expect([await keys("main"), await keys("per-peer"), await keys("per-channel-peer")]).toEqual([1, 2, 3]);
});

test("Context Window Management", async () => {
  const asked: number[] = [];
  const sessions = createSessionManager({
    summarize: ({ messages }) => {
      asked.push(messages.length);
      return `${messages.length} messages about a portfolio`;
    },
  });
  const session = await sessions.getOrCreateSession({ userId: "user-123", channelId: "telegram-456" });
  const add = async (role: "assistant" | "system" | "user", content: string, important = false) =>
    sessions.addMessage({ sessionId: session.id, role, content, important });
  await add("system", "You look after a portfolio.");
  await add("user", "The first question.");
  await add("user", "Never sell the gold.", true);
  for (let n = 0; n < 100; n += 1)
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await add(n % 2 === 0 ? "user" : "assistant", `message ${n}: ${"x".repeat(400)}`);

  // Get context-aware history (for LLM)
  const context = await sessions.getContextHistory({
    sessionId: session.id,
    maxTokens: 100_000, // Fit in context window
    strategy: "smart", // 'recent' | 'smart' | 'summarize'
  });

  expect(context).toHaveLength(103);
  const get = async (strategy: "recent" | "smart" | "summarize") =>
    sessions.getContextHistory({ sessionId: session.id, maxTokens: 1000, strategy });
  // 'smart' keeps system messages + recent + important messages
  expect(texts(await get("smart"))).toEqual([
    "You look after a portfolio.",
    "The first question.",
    "Never sell the gold.",
    ...Array.from({ length: 9 }, (_each, n) => `message ${91 + n}`),
  ]);
  // 'summarize' compresses old messages into summaries
  const summarized = await get("summarize");
  expect(texts(summarized)).toEqual([
    "You look after a portfolio.",
    "98 messages about a portfolio",
    ...Array.from({ length: 4 }, (_each, n) => `message ${96 + n}`),
  ]);
  expect(texts(await get("recent"))).toEqual(Array.from({ length: 9 }, (_each, n) => `message ${91 + n}`));
  expect(asked).toEqual([98]);
  expect(texts(await get("summarize"))).toEqual(texts(summarized));
  expect(asked).toEqual([98]);
});

describe("Chat Commands", () => {
  test.each([
    ["/new", /^New session/],
    ["/reset", /^New session/],
    ["/session", /^Session: /],
    ["/session list", /agent:main:telegram-456:direct:user-123/],
    ['/checkpoint save "before refactor"', /^Saved 2 messages as checkpoint \S+ \(before refactor\)\.$/],
    ["/checkpoint list", /^\S+ {2}first {2}2 messages/],
    ["/checkpoint restore <id>", /^Restored checkpoint/],
    ["/checkpoint delete <id>", /^Deleted checkpoint/],
    ["/history", /^User: What is my portfolio value\?/],
    ["/history export", /^# Session/],
    ["/history clear", /^Cleared 2 messages\. The session goes on/],
    ["/session scope main", /^Scope: main\./],
    ["/session scope channel", /^Scope: per-channel-peer\./],
    ["/session scope peer", /^Scope: per-peer\./],
    ["/session reset-time 00:00", /daily reset at 00:00/],
    ["/session idle-reset 30", /reset after 30 minutes idle/],
  ])("%s", async (line, answer) => {
    const sessions = createSessionManager({});
    const session = await twoMessages(sessions);
    const { id } = await sessions.saveCheckpoint({ sessionId: session.id, name: "first" });
    const commands = createChatCommands(sessions);
    const reply = await commands.handle(line.replace("<id>", id), {
      userId: "user-123",
      channelId: "telegram-456",
    });
    expect(reply).toMatchObject({ ok: true, text: expect.stringMatching(answer) });
  });
});
