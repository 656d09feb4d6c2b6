import { dirname } from "node:path";
import { failAt, fromState, type MemoryFs, memoryFs, memoryHost } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { createStore } from "../../src/engine/create-store.ts";
import { crashStates } from "./crash-matrix.ts";

const indexPath = "/state/agents/main/sessions/sessions.json";
const sessionsDir = dirname(indexPath);

const make = (fs: MemoryFs, firstId = 1) => createStore(memoryHost(fs, firstId), indexPath);
const namesIn = (fs: MemoryFs, dir: string) => fs.readdir(dir) ?? [];

test("killed at any moment, nothing lies beside the index, and the next one leaves nothing behind", async () => {
  const states = await crashStates(memoryFs().state(), async (fs) => make(fs));
  expect(states.length).toBeGreaterThan(5);
  for (const state of states) {
    const fs = fromState(state);
    expect(
      namesIn(fs, sessionsDir).filter((name) => !["sessions.json", ".sessionsmith"].includes(name)),
    ).toEqual([]);
    make(fs, 500);
    expect(fs.withFile(indexPath, (file) => file.fact.size)).toBe(2);
    expect(fs.lstat(indexPath)?.nlink).toBe(1);
    expect(namesIn(fs, sessionsDir)).toEqual([".sessionsmith", "sessions.json"]);
    expect(namesIn(fs, `${sessionsDir}/.sessionsmith`)).toEqual([]);
  }
});

test("what can't be finished leaves no directory behind, unless the index has its name", () => {
  const fine = memoryFs();
  make(fine);
  let failed = 0;
  for (let n = 1; n <= fine.calls.length; n += 1) {
    const fs = memoryFs({ fault: failAt(n, "ENOSPC", "from-then-on") });
    expect(() => make(fs)).toThrow("ENOSPC");
    if (fs.lstat(indexPath) !== undefined) break;
    expect(fs.readdir("/")).toEqual([]);
    failed += 1;
  }
  expect(failed).toBeGreaterThan(20);
});

test("what another index of the directory is being made of is left alone", () => {
  const fs = memoryFs();
  make(fs);
  const other = `${sessionsDir}/.sessionsmith/new-index.x.team.json`;
  fs.createFile(other, 0o600, () => undefined);
  make(fs, 500);
  expect(fs.lstat(other)).toBeDefined();
});
