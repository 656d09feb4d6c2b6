import { expectTypeOf, test } from "vitest";
import {
  type AddedMessage,
  type Checkpoint,
  type CleanupOutcome,
  type ContextMessage,
  type ExportedTrajectory,
  createSessionManager,
  type HistoryMessage,
  type ManagerSettings,
  type Session,
  type SessionManager,
  type StorageOperation,
} from "../../src/manager.ts";

const manager: SessionManager = createSessionManager({
  scope: "per-channel-peer",
  dailyResetHour: 0,
  idleResetMinutes: 30,
  storage: "sqlite",
  dbPath: "./sessions.db",
  encryptTranscripts: true,
  encryptionKey: process.env["SESSION_KEY"],
});
const sessionId = "s";

test("every method takes and gives what it says", () => {
  expectTypeOf(
    manager.getOrCreateSession({ userId: "u", channelId: "c", peerId: "p" }),
  ).resolves.toEqualTypeOf<Session>();
  expectTypeOf(manager.findSession({ userId: "u" })).resolves.toEqualTypeOf<Session | undefined>();
  expectTypeOf(manager.getSession(sessionId)).resolves.toEqualTypeOf<Session>();
  expectTypeOf(manager.listSessions({ userId: "u" })).resolves.toEqualTypeOf<readonly Session[]>();
  expectTypeOf(
    manager.addMessage({ sessionId, role: "user", content: "x" }),
  ).resolves.toEqualTypeOf<AddedMessage>();
  expectTypeOf(manager.getHistory(sessionId)).resolves.toEqualTypeOf<HistoryMessage[]>();
  expectTypeOf(manager.getHistory(sessionId, { limit: 5, format: "messages" })).resolves.toEqualTypeOf<
    HistoryMessage[]
  >();
  expectTypeOf(manager.getHistory(sessionId, { format: "markdown" })).resolves.toEqualTypeOf<string>();
  expectTypeOf(manager.getHistory(sessionId, { format: "text" })).resolves.toEqualTypeOf<string>();
  expectTypeOf(manager.clearHistory(sessionId)).resolves.toEqualTypeOf<StorageOperation>();
  expectTypeOf(manager.reset({ userId: "u", reason: "new" })).resolves.toEqualTypeOf<Session>();
  expectTypeOf(
    manager.saveCheckpoint({ sessionId, name: "n", description: "d" }),
  ).resolves.toEqualTypeOf<Checkpoint>();
  expectTypeOf(manager.listCheckpoints(sessionId)).resolves.toEqualTypeOf<readonly Checkpoint[]>();
  expectTypeOf(manager.restoreCheckpoint("id")).resolves.toEqualTypeOf<Session>();
  expectTypeOf(manager.deleteCheckpoint("id")).resolves.toEqualTypeOf<StorageOperation>();
  expectTypeOf(
    manager.export(sessionId, { format: "json", includeMetadata: true }),
  ).resolves.toEqualTypeOf<string>();
  expectTypeOf(
    manager.exportTrajectory(sessionId, { workspaceDir: "w", name: "n" }),
  ).resolves.toEqualTypeOf<ExportedTrajectory>();
  expectTypeOf(
    manager.cleanup({ olderThan: "30d", keepCheckpoints: true }),
  ).resolves.toEqualTypeOf<CleanupOutcome>();
  expectTypeOf(
    manager.getContextHistory({ sessionId, maxTokens: 1, strategy: "smart" }),
  ).resolves.toEqualTypeOf<readonly ContextMessage[]>();
  expectTypeOf(manager.getSettings()).resolves.toEqualTypeOf<ManagerSettings>();
  expectTypeOf(
    manager.changeSettings({ scope: "main", dailyReset: "off", idleReset: 5 }),
  ).resolves.toEqualTypeOf<ManagerSettings>();
  expectTypeOf(manager.close()).resolves.toEqualTypeOf<void>();
});

test("what no method knows does not compile", () => {
  // @ts-expect-error -- no role of that name
  expectTypeOf(manager.addMessage({ sessionId, role: "tool", content: "x" })).not.toBeAny();
  // @ts-expect-error -- no strategy of that name
  expectTypeOf(manager.getContextHistory({ sessionId, maxTokens: 1, strategy: "all" })).not.toBeAny();
  // @ts-expect-error -- no scope of that name
  expectTypeOf(createSessionManager({ scope: "everybody" })).not.toBeAny();
  // @ts-expect-error -- no format of that name
  expectTypeOf(manager.export(sessionId, { format: "text" })).not.toBeAny();
});
