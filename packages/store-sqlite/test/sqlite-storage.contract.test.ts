import { join } from "node:path";
import { createKeyring, protectStorage } from "../../sessions/src/index.ts";
import { hasSqlite, makeTempDir, type MakeStorage, sessionStorageContract } from "@sessionsmith/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { openSqliteStorage } from "../src/index.ts";

const makeStorage: MakeStorage = async (rows) => {
  const temp = makeTempDir();
  onTestFinished(temp.dispose);
  const dbPath = join(temp.path, "sessions.db");
  const first = await openSqliteStorage({ dbPath, create: true });
  await first.store.update((sessions) => {
    for (const [key, row] of Object.entries(rows)) sessions.set(key, JSON.parse(JSON.stringify(row)));
  });
  await first.close();
  return async () => {
    const storage = await openSqliteStorage({ dbPath });
    onTestFinished(() => storage.close());
    return storage;
  };
};

const keyring = createKeyring("a".repeat(64));
const encrypted = sessionStorageContract(async (rows) => {
  const open = await makeStorage(rows);
  return async () => {
    const storage = protectStorage(await open(), { keyring, encrypts: true });
    onTestFinished(() => storage.close());
    return storage;
  };
});

describe.skipIf(!hasSqlite())("a database keeps the contract of a manager's storage", () => {
  test.each(sessionStorageContract(makeStorage))("plain: $name", async ({ check }) => {
    await expect(check()).resolves.toBeUndefined();
  });
  test.each(encrypted)("encrypted: $name", async ({ check }) => {
    await expect(check()).resolves.toBeUndefined();
  });
});
