import { fromState, type MemoryFs, type MemoryFsState, tree } from "@sessionsmith/testkit";
import { afterAll, describe, expect, test } from "vitest";
import { crashStates } from "../../../core/test/engine/crash-matrix.ts";
import { createSessionManager } from "../../src/manager/create-session-manager.ts";
import type { SessionManager } from "../../src/manager/session-manager.ts";
import { hostOver, managedStore, sessionsDir, start } from "./managed-store.ts";

const ann = { userId: "ann", channelId: "c" };
const day = 86_400_000;
let firstId = 1;
let count = 0;
afterAll(() => {
  process.stdout.write(`session managers interrupted: ${count}\n`);
});

/** A manager that starts on a disk, 40 days after what is there was made. */
function open(fs: MemoryFs, nowMs = start + 40 * day): SessionManager {
  firstId += 1000;
  const host = hostOver(fs, { nowMs }, firstId);
  return createSessionManager({ host, storePath: sessionsDir, timeZone: "UTC" });
}

interface Prepared {
  readonly state: MemoryFsState;
  readonly sessionId: string;
  readonly checkpointId: string;
}

/** A session of two messages, with a checkpoint that holds the first of them. */
async function prepared(): Promise<Prepared> {
  const { fs, ...store } = managedStore();
  const manager = store.open();
  const { id: sessionId } = await manager.getOrCreateSession(ann);
  await manager.addMessage({ sessionId, role: "user", content: "one" });
  const { id: checkpointId } = await manager.saveCheckpoint({ sessionId, name: "first" });
  await manager.addMessage({ sessionId, role: "assistant", content: "two" });
  await manager.close();
  return { state: fs.state(), sessionId, checkpointId };
}

/** What a person sees: the messages of his session, and how many the checkpoints hold. */
async function seen(fs: MemoryFs): Promise<string> {
  const manager = open(fs);
  const session = await manager.findSession(ann);
  const messages = session === undefined ? [] : await manager.getHistory(session.id);
  const checkpoints = session === undefined ? [] : await manager.listCheckpoints(session.id);
  const told = checkpoints.map(({ name, messageCount }) => `${name}:${messageCount}`);
  expect(session?.messageCount ?? 0).toBe(messages.length);
  await manager.close();
  return `${session === undefined ? "none" : messages.map(({ content }) => content).join(",")} | ${told.join(",")}`;
}

/** Every byte that was ever said is in some file. */
function requireKept(fs: MemoryFs, texts: readonly string[]): void {
  const all = [...tree(fs, sessionsDir).values()].map(({ bytes }) => bytes?.toString("utf8") ?? "");
  for (const text of texts) expect(all.some((one) => one.includes(`"${text}"`))).toBe(true);
}

type Act = (manager: SessionManager, prepared: Prepared) => Promise<unknown>;

const acts: readonly (readonly [string, Act, before: string, after: string])[] = [
  [
    "addMessage",
    (m, { sessionId }) => m.addMessage({ sessionId, role: "user", content: "three" }),
    "one,two | first:1",
    "one,two,three | first:1",
  ],
  [
    "saveCheckpoint",
    (m, { sessionId }) => m.saveCheckpoint({ sessionId, name: "second" }),
    "one,two | first:1",
    "one,two | first:1,second:2",
  ],
  [
    "restoreCheckpoint",
    (m, { checkpointId }) => m.restoreCheckpoint(checkpointId),
    "one,two | first:1",
    "one | first:1",
  ],
  [
    "deleteCheckpoint",
    (m, { checkpointId }) => m.deleteCheckpoint(checkpointId),
    "one,two | first:1",
    "one,two | ",
  ],
  ["clearHistory", (m, { sessionId }) => m.clearHistory(sessionId), "one,two | first:1", " | first:1"],
  ["reset", (m) => m.reset(ann), "one,two | first:1", " | first:1"],
  ["cleanup", (m) => m.cleanup({ olderThan: "30d" }), "one,two | first:1", "none | "],
  [
    "cleanup with checkpoints",
    (m) => m.cleanup({ olderThan: "30d", keepCheckpoints: false }),
    "one,two | first:1",
    "none | ",
  ],
];

describe("a crash while a manager works leaves what was before, or what comes after", () => {
  test.each(acts)("%s", { timeout: 120_000 }, async (_name, act, before, after) => {
    const known = await prepared();
    const run = async (fs: MemoryFs) => {
      const manager = open(fs);
      await act(manager, known);
      await manager.close();
    };
    expect(await seen(fromState(known.state))).toBe(before);
    const states = await crashStates(known.state, run);
    const found = new Set<string>();
    for (const state of states) {
      count += 1;
      const fs = fromState(state);
      // oxlint-disable-next-line no-await-in-loop -- one crash after the other
      const now = await seen(fs);
      if (now !== before && now !== after) throw new Error(`after a crash ${state.story} there is ${now}`);
      found.add(now);
      requireKept(fs, ["one", "two"]);
    }
    expect([...found].toSorted()).toEqual([before, after].toSorted());
  });
});

test("a message that was acknowledged survives a crash, and no line before it is damaged", async () => {
  const { state, sessionId } = await prepared();
  const before = (fs: MemoryFs) =>
    tree(fs, sessionsDir).get(`${sessionId}.jsonl`)?.bytes?.toString("utf8") ?? "";
  const fs = fromState(state);
  const manager = open(fs);
  await manager.addMessage({ sessionId, role: "user", content: "three" });
  for (const after of fs.durableStates()) {
    const text = before(fromState(after));
    expect(text.startsWith(before(fromState(state)))).toBe(true);
    expect(text).toContain('"three"');
  }
});
