import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeHost } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import { hasSqlite, makeTempDir, tree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { createSessionManager } from "../../src/manager/create-session-manager.ts";
import type { SessionManager } from "../../src/manager/session-manager.ts";
import { managedStore, type ManagedStore, sessionsDir } from "./managed-store.ts";

const key = "0123456789abcdef".repeat(4);
const other = "fedcba9876543210".repeat(4);
const ann = { userId: "ann", channelId: "telegram" };
const encrypted = { encryptTranscripts: true, encryptionKey: key };

/** Does everything that a manager can do, and tells what it saw. */
async function everything(open: () => SessionManager): Promise<readonly unknown[]> {
  const manager = open();
  const first = await manager.getOrCreateSession(ann);
  const sessionId = first.id;
  const add = async (content: string, role: "system" | "user" = "user") =>
    manager.addMessage({ sessionId, role, content });
  await add("secret system", "system");
  await Promise.all(["secret one", "secret two", "secret three"].map((content) => add(content)));
  const saved = await manager.saveCheckpoint({ sessionId, name: "secret name", description: "secret words" });
  await add("secret four");
  const texts = async (id: string) => (await manager.getHistory(id)).map(({ content }) => content).toSorted();
  const seen: unknown[] = [await texts(sessionId), saved.messageCount];
  seen.push((await manager.listCheckpoints(sessionId)).map(({ name, description }) => [name, description]));
  await manager.clearHistory(sessionId);
  seen.push(await texts(sessionId));
  await add("secret five");
  const second = await manager.reset(ann);
  await manager.restoreCheckpoint(saved.id);
  seen.push(await texts(second.id), (await manager.getSession(second.id)).messageCount);
  await manager.addMessage({ sessionId: second.id, role: "assistant", content: "secret six" });
  seen.push(await texts(second.id));
  seen.push(
    (await manager.getContextHistory({ sessionId: second.id, maxTokens: 40 }))
      .map(({ content }) => content)
      .toSorted(),
  );
  await manager.getContextHistory({
    sessionId: second.id,
    maxTokens: 20,
    strategy: "summarize",
    summarize: () => "secret",
  });
  await manager.close();
  const again = open();
  seen.push(
    (await again.getHistory(second.id)).length,
    await again.export(second.id, { format: "json" }).then((text) => text.length),
  );
  await again.close();
  return seen;
}

/** All that lies on a disk. */
const textOf = ({ fs }: ManagedStore) =>
  [...tree(fs, sessionsDir).values()].map((entry) => entry.bytes?.toString("utf8") ?? "").join("\n");

test("an encrypted store behaves as a plain one, and holds no byte of a conversation", async () => {
  const [plain, closed] = [managedStore(), managedStore()];
  const seenPlain = await everything(() => plain.open());
  expect(await everything(() => closed.open(encrypted))).toEqual(seenPlain);
  expect(textOf(plain)).toContain("secret");
  expect(textOf(closed)).not.toContain("secret");
});

test.skipIf(!hasSqlite()).each([{}, encrypted])(
  "a store in a database behaves as one in files: %j",
  async (options) => {
    const dir = makeTempDir();
    const { host, open } = managedStore();
    const onDisk = { ...nodeEngineHost({ ...nodeHost(), cwd: dir.path }), clock: host.clock };
    const database = {
      host: onDisk,
      storage: "sqlite",
      dbPath: "s.db",
      timeZone: "UTC",
      ...options,
    } as const;
    const seen = await everything(() => createSessionManager(database));
    expect(seen).toEqual(await everything(() => open()));
    const bytes = readdirSync(dir.path)
      .map((name) => readFileSync(join(dir.path, name), "latin1"))
      .join("");
    expect(bytes.includes("secret")).toBe(options !== encrypted);
    dir.dispose();
  },
);

describe("a key", () => {
  test("is needed at once to encrypt", () => {
    const { open } = managedStore();
    for (const options of [
      { encryptTranscripts: true },
      { encryptTranscripts: true, encryptionKey: "short" },
    ])
      expect(() => open(options)).toThrow(expect.objectContaining({ code: "E_KEY" }));
  });

  test.each([[{}], [{ encryptionKey: other }], [{ encryptTranscripts: true, encryptionKey: other }]])(
    "that is missing or wrong is an error, and nothing is shown or changed: %j",
    async (options) => {
      const { open, files } = managedStore();
      const mine = open(encrypted);
      const { id: sessionId } = await mine.getOrCreateSession(ann);
      await mine.addMessage({ sessionId, role: "user", content: "x" });
      await mine.close();
      const before = files();
      const theirs = open(options);
      await expect(theirs.getHistory(sessionId)).rejects.toMatchObject({ code: "E_KEY" });
      await expect(theirs.addMessage({ sessionId, role: "user", content: "y" })).rejects.toMatchObject({
        code: "E_KEY",
      });
      expect(files()).toEqual(before);
    },
  );

  test("without the order to encrypt opens what is encrypted, and goes on with it", async () => {
    const { open } = managedStore();
    const mine = open(encrypted);
    const { id: sessionId } = await mine.getOrCreateSession(ann);
    await mine.addMessage({ sessionId, role: "user", content: "x" });
    await mine.close();
    const later = open({ encryptionKey: key });
    await later.addMessage({ sessionId, role: "user", content: "y" });
    expect((await later.getHistory(sessionId)).map(({ content }) => content)).toEqual(["x", "y"]);
    expect(await later.getSession(sessionId)).toMatchObject({ encrypted: true, messageCount: 2 });
  });
});
