import { appendFileSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { nodeHost } from "@sessionsmith/core";
import type { WriteFs } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import { createSessionManager } from "@sessionsmith/sessions/manager";
import type { SessionManager } from "@sessionsmith/sessions/manager";
import { makeTempDir } from "@sessionsmith/testkit";
import { elapsedMs, measuredMedians, renderTimes } from "./measure.ts";

const rounds = 201;
const largeBytes = 10_000_000;
const conversation = 100_000;
const waveSizes = [1, 10, 50, 200];

/** Times `addMessage` on an empty and on a large session, counts messages a second, and what a context reads of a long one. */
export async function benchManager(messageCount: number): Promise<string> {
  const temp = makeTempDir();
  const storePath = join(temp.path, "sessions");
  mkdirSync(storePath);
  const read = { bytes: 0 };
  const host = nodeEngineHost(nodeHost());
  const counting = { ...host, fs: countReads(host.fs, read) };
  const manager = createSessionManager({ storePath, host: counting });
  const unsynced = createSessionManager({ storePath, host: counting, fsync: "never" });
  const sessionOf = async (userId: string) =>
    (await manager.getOrCreateSession({ userId, channelId: "bench" })).id;
  try {
    const [empty, large, long, waves] = await Promise.all(["empty", "large", "long", "waves"].map(sessionOf));
    if (empty === undefined || large === undefined || long === undefined || waves === undefined)
      throw new Error("no session");
    await fill(manager, join(storePath, `${large}.jsonl`), { sessionId: large, bytes: largeBytes });
    await say(unsynced, large);
    await say(unsynced, empty);
    const times = await measuredMedians(rounds, {
      "to a session that is nearly empty": () => elapsedMs(() => say(unsynced, empty)),
      "to one of 10 MB": () => elapsedMs(() => say(unsynced, large)),
    });
    const rates: string[] = [];
    for (const wave of waveSizes) {
      const count = Math.ceil(messageCount / Math.max(wave, 10));
      // oxlint-disable-next-line no-await-in-loop -- one wave size after the other
      const ms = await elapsedMs(async () => {
        for (let n = 0; n < count; n += 1)
          // oxlint-disable-next-line no-await-in-loop -- the next wave starts when the messages of this one are safe
          await Promise.all(Array.from({ length: wave }, () => say(manager, waves)));
      });
      const perSecond = Math.round((count * wave * 1000) / ms);
      rates.push(`${String(wave).padStart(3)} messages at a time  ${String(perSecond).padStart(7)} a second`);
    }
    const transcript = join(storePath, `${long}.jsonl`);
    await fill(manager, transcript, { sessionId: long, messages: conversation });
    await manager.getSession(long);
    const contexts: string[] = [];
    for (const strategy of ["recent", "smart"] as const) {
      read.bytes = 0;
      // oxlint-disable-next-line no-await-in-loop -- one strategy after the other
      const ms = await elapsedMs(() =>
        manager.getContextHistory({ sessionId: long, maxTokens: 8000, strategy }),
      );
      const share = ((100 * read.bytes) / statSync(transcript).size).toFixed(2);
      contexts.push(
        `${strategy.padEnd(8)} ${ms.toFixed(1).padStart(8)} ms, ${read.bytes} bytes read (${share} % of the transcript)`,
      );
    }
    return [
      `addMessage, not synced, median of ${rounds} interleaved rounds:`,
      ...renderTimes(times, "to a session that is nearly empty"),
      "addMessage with shared syncs (batch):",
      ...rates,
      `getContextHistory of ${conversation} messages, 8,000 tokens:`,
      ...contexts,
    ].join("\n");
  } finally {
    await unsynced.close();
    await manager.close();
    temp.dispose();
  }
}

function say(by: SessionManager, sessionId: string): Promise<unknown> {
  return by.addMessage({ sessionId, role: "user", content: "said" });
}

function line(n: number): string {
  const message = { role: n % 2 === 0 ? "user" : "assistant", content: "x".repeat(200) };
  return `${JSON.stringify({ type: "message", id: `m${n}`, parentId: `m${n - 1}`, message })}\n`;
}

/** Makes a conversation of this size: the first message by the manager, the others by hand. */
async function fill(
  manager: SessionManager,
  path: string,
  {
    sessionId,
    bytes,
    messages,
  }: { readonly sessionId: string; readonly bytes?: number; readonly messages?: number },
): Promise<void> {
  await manager.addMessage({ sessionId, role: "system", content: "Be kind." });
  const count = messages ?? Math.ceil((bytes ?? 0) / line(10_000).length);
  appendFileSync(path, Array.from({ length: count }, (_each, n) => line(n)).join(""));
}

function countReads(fs: WriteFs, read: { bytes: number }): WriteFs {
  return {
    ...fs,
    withFile: (path, use) =>
      fs.withFile(path, (file) =>
        use({
          ...file,
          read: (into, position) => {
            const count = file.read(into, position);
            read.bytes += count;
            return count;
          },
        }),
      ),
  };
}
