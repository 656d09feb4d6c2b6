import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, sessionStoreContract } from "@sessionsmith/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { openSessionStore } from "../../src/store.ts";
import { indexOf, indexPath, memoryStore } from "./memory-store.ts";

/** Others go on meanwhile, and no time passes. */
const sleep = () => new Promise<void>((resolve) => setImmediate(resolve));

const inMemory = sessionStoreContract(async (rows) => {
  const { host } = memoryStore({ "sessions.json": indexOf(rows) }, { sleep });
  return () => openSessionStore(indexPath, { host });
});

const onDisk = sessionStoreContract(async (rows) => {
  const temp = makeTempDir();
  onTestFinished(temp.dispose);
  mkdirSync(join(temp.path, "sessions"));
  writeFileSync(join(temp.path, "sessions/sessions.json"), indexOf(rows));
  return () => openSessionStore(join(temp.path, "sessions"));
});

describe("a store in files keeps the contract of session stores", () => {
  test.each(inMemory)("in memory: $name", async ({ check }) => {
    await expect(check()).resolves.toBeUndefined();
  });
  test.each(onDisk)("on this machine: $name", async ({ check }) => {
    await expect(check()).resolves.toBeUndefined();
  });
});
