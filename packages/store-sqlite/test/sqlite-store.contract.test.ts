import { join } from "node:path";
import { hasSqlite, makeTempDir, sessionStoreContract } from "@sessionsmith/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { openSqliteStore } from "../src/index.ts";

const contract = sessionStoreContract(async (rows) => {
  const temp = makeTempDir();
  onTestFinished(temp.dispose);
  const dbPath = join(temp.path, "bot/sessions.db");
  const store = await openSqliteStore({ dbPath, create: true });
  await store.update((sessions) => {
    for (const [key, row] of Object.entries(rows)) sessions.set(key, JSON.parse(JSON.stringify(row)));
  });
  await store.close();
  return async () => {
    const opened = await openSqliteStore({ dbPath });
    onTestFinished(() => opened.close());
    return opened;
  };
});

describe.skipIf(!hasSqlite())("a store in a database keeps the contract of session stores", () => {
  test.each(contract)("$name", async ({ check }) => {
    await expect(check()).resolves.toBeUndefined();
  });
});
