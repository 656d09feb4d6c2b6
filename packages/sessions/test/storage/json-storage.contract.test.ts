import { memoryFs, memoryHost, sessionStorageContract, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { protectStorage } from "../../src/protect/protect-storage.ts";
import { openJsonStorage } from "../../src/storage/open-json-storage.ts";
import { countedBytes, testKeyring } from "../encryption/test-keys.ts";

const storePath = "/bot/sessions/sessions.json";
let processes = 0;

function diskWith(rows: object) {
  const fs = memoryFs();
  writeTree(fs, "/bot/sessions", { "sessions.json": JSON.stringify(rows) });
  const open = () => {
    processes += 1;
    const host = {
      ...memoryHost(fs, processes * 1000),
      sleep: () => new Promise<void>((done) => setImmediate(done)),
    };
    return openJsonStorage({ host, storePath, create: false });
  };
  return open;
}

const plain = sessionStorageContract(async (rows) => diskWith(rows));

const encrypted = sessionStorageContract(async (rows) => {
  const open = diskWith(rows);
  const keyring = testKeyring();
  return async () =>
    protectStorage(await open(), { keyring, encrypts: true, random: countedBytes(processes) });
});

describe("a store in files keeps the contract of a manager's storage", () => {
  test.each(plain)("plain: $name", async ({ check }) => {
    await expect(check()).resolves.toBeUndefined();
  });
  test.each(encrypted)("encrypted: $name", async ({ check }) => {
    await expect(check()).resolves.toBeUndefined();
  });
});
