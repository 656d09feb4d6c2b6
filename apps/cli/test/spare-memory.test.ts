import { getHeapSpaceStatistics } from "node:v8";
import { afterEach, beforeEach, expect, test } from "vitest";
import { spareMemory } from "../src/spare-memory.ts";
import { recordingIo } from "./fake-io.ts";
import { bareHost, makeStateDir } from "./store-dirs.ts";
import type { StateDir } from "./store-dirs.ts";

let state: StateDir;
beforeEach(() => {
  state = makeStateDir();
});
afterEach(() => state.dispose());

/** Whether memory is spared for stores of these sizes in bytes; undefined is a store that can't be looked at. */
async function isSpared(...sizes: readonly (number | undefined)[]): Promise<boolean> {
  let spared = false;
  const { io } = recordingIo();
  const host = bareHost(state);
  const lstat = (path: string) => {
    const size = sizes[Number(path)];
    if (size === undefined) throw Object.assign(new Error("EACCES"), { code: "EACCES" });
    const fact = host.fs.lstat(state.path);
    return fact && { ...fact, size };
  };
  const targets = sizes.map((_, n) => ({
    indexPath: String(n),
    sessionsDir: state.path,
    agentId: "main",
    origin: "configured" as const,
    shared: false,
  }));
  await spareMemory(
    { host: { ...host, fs: { ...host.fs, lstat } }, targets },
    {
      ...io,
      spareMemory: async () => {
        spared = true;
      },
    },
  );
  return spared;
}

test("memory is spared unless an index is large", async () => {
  expect(await isSpared(20_000_000, 0, undefined)).toBe(true);
  expect(await isSpared(20_000_000, 100_000_000)).toBe(false);
});

test("this engine has the part of the heap that is kept small", () => {
  expect(getHeapSpaceStatistics().map(({ space_name: name }) => name)).toContain("new_space");
});
