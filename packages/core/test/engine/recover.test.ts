import { fromState, type MemoryFs, type MemoryFsState, writeTree, memoryHost } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { applyPlan, listOperations, recoverStore } from "../../src/engine.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { crashStates } from "./crash-matrix.ts";
import {
  archive,
  cleanupPlan,
  interruptedLate,
  newFile,
  partOf,
  planOf,
  planOfParts,
  removeRows,
  replaceFile,
  sessionsDir,
  smallStoreState,
} from "./operation-scenarios.ts";
import { checkTidy, diskTree } from "./store-promises.ts";

const recover = (fs: MemoryFs) => recoverStore(memoryHost(fs, 500), sessionsDir, { lockTimeoutMs: 0 });

/** The states of a crash after the first switch of an operation and before its end. */
async function afterSwitch(planFor: (fs: MemoryFs) => Plan): Promise<readonly MemoryFsState[]> {
  const states = await crashStates(smallStoreState(), (fs) => applyPlan(memoryHost(fs), planFor(fs)));
  return states.filter(isSwitched);
}

function isSwitched(state: MemoryFsState): boolean {
  const fs = fromState(state);
  const isShorter = (fs.lstat(`${sessionsDir}/sessions.json`)?.size ?? 0) < indexBytes;
  return isShorter && listOperations(fs, sessionsDir)[0]?.state === "interrupted";
}

const indexBytes = fromState(smallStoreState()).lstat(`${sessionsDir}/sessions.json`)?.size ?? 0;

test("without an interrupted operation no lock is taken and nothing is written", async () => {
  const fs = fromState(smallStoreState());
  const locks = { acquire: () => Promise.reject(new Error("locked")) };
  const host = { ...memoryHost(fs), locks };
  await expect(recoverStore(host, sessionsDir, { lockTimeoutMs: 0 })).resolves.toEqual([]);
  expect(fs.mutations()).toBe(0);
});

test("says what became of each operation", async () => {
  const states = await crashStates(smallStoreState(), (fs) => applyPlan(memoryHost(fs), cleanupPlan(fs)));
  const outcomes = new Set<string>();
  for (const state of states) {
    // oxlint-disable-next-line no-await-in-loop -- one state after the other
    for (const { outcome } of await recover(fromState(state))) outcomes.add(outcome);
  }
  expect([...outcomes]).toEqual(["discarded", "rolled-back", "finished"]);
});

test("works under the lock of every part, and looks again once it has them", async () => {
  const fs = fromState(await interruptedLate(smallStoreState(), cleanupPlan));
  const locked: string[] = [];
  const acquire = async (dir: string) => {
    locked.push(dir);
    // Another process was faster.
    await recover(fs);
    return { assertHeld: () => undefined, confirmHeld: () => undefined, release: () => undefined };
  };
  const host = { ...memoryHost(fs), locks: { acquire } };
  await expect(recoverStore(host, sessionsDir, { lockTimeoutMs: 0 })).resolves.toEqual([]);
  expect(locked).toEqual([sessionsDir]);
});

test("a journal that is damaged in the middle stops it", async () => {
  const fs = fromState(await interruptedLate(smallStoreState(), cleanupPlan));
  const [operation] = listOperations(fs, sessionsDir);
  const path = `${sessionsDir}/.sessionsmith/operations/${operation?.id}/journal.jsonl`;
  const bytes = diskTree(fs).get(path);
  if (bytes?.kind !== "file") throw new Error("no journal");
  writeTree(fs, sessionsDir, { copy: Buffer.concat([Buffer.from("damage\n"), bytes.bytes]) });
  fs.rename(`${sessionsDir}/copy`, path);
  await expect(recover(fs)).rejects.toMatchObject({ code: "E_JOURNAL_PENDING" });
});

const repair = (fs: MemoryFs): Plan =>
  planOf(fs, [
    { ...newFile, name: "made.jsonl" },
    removeRows(fs, "agent:main:direct:2"),
    replaceFile(fs, "s3.jsonl"),
    { kind: "set-mode", phase: "switch", name: "s1.jsonl", mode: 0o640, expectMode: 0o600 },
  ]);

describe("after the switch it goes on, whatever another program did meanwhile:", () => {
  test.each<[string, (fs: MemoryFs) => void]>([
    [
      "wrote to a file that is to be replaced",
      (fs) => fs.appendFile(`${sessionsDir}/s3.jsonl`, (file) => file.write(Buffer.from("more\n"))),
    ],
    ["took it away", (fs) => fs.unlink(`${sessionsDir}/s3.jsonl`)],
    ["took a new file away", (fs) => fs.unlink(`${sessionsDir}/made.jsonl`)],
    [
      "replaced a new file",
      (fs) => {
        writeTree(fs, sessionsDir, { theirs: "theirs\n" });
        fs.rename(`${sessionsDir}/theirs`, `${sessionsDir}/made.jsonl`);
      },
    ],
    ["took away a file whose mode is to change", (fs) => fs.unlink(`${sessionsDir}/s1.jsonl`)],
    ["changed the mode itself", (fs) => fs.setMode(`${sessionsDir}/s1.jsonl`, 0o666)],
  ])("%s", async (_name, change) => {
    const states = await afterSwitch(repair);
    expect(states.length).toBeGreaterThan(5);
    for (const state of states) {
      const fs = fromState(state);
      const kept = diskTree(fs).get(`${sessionsDir}/s3.jsonl`);
      change(fs);
      const changed = diskTree(fs);
      // oxlint-disable-next-line no-await-in-loop -- one state after the other
      expect(await recover(fs)).toMatchObject([{ outcome: "finished" }]);
      const found = diskTree(fs);
      checkTidy(found);
      for (const name of ["made.jsonl", "s1.jsonl"]) {
        const theirs = changed.get(`${sessionsDir}/${name}`);
        const left = found.get(`${sessionsDir}/${name}`);
        const isTheirs = theirs?.kind !== "file" || left?.kind !== "file" || theirs.bytes === left.bytes;
        expect(isTheirs).toBe(true);
      }
      const old = kept?.kind === "file" ? Buffer.from(kept.bytes) : Buffer.alloc(0);
      const isThere = [...found.values()].some(
        (node) => node.kind === "file" && Buffer.from(node.bytes).subarray(0, old.length).equals(old),
      );
      expect(isThere).toBe(true);
      // oxlint-disable-next-line no-await-in-loop -- one state after the other
      expect(await recover(fs)).toEqual([]);
    }
  });
});

test("an operation that has switched goes on even if the folder of its other store is gone", async () => {
  const otherDir = "/state/agents/other/sessions";
  const start = fromState(smallStoreState());
  writeTree(start, otherDir, { "sessions.json": "{}", "o1.jsonl": "o\n" });
  const states = await crashStates(start.state(), (fs) =>
    applyPlan(
      memoryHost(fs),
      planOfParts([
        partOf(fs, [newFile, removeRows(fs, "agent:main:direct:2"), archive(fs, "s2.jsonl")]),
        partOf(fs, [archive(fs, "o1.jsonl", otherDir)], otherDir),
      ]),
    ),
  );
  const switched = states.filter(isSwitched);
  expect(switched.length).toBeGreaterThan(5);
  for (const state of switched) {
    const fs = fromState(state);
    fs.rename(`${otherDir}/.sessionsmith`, "/elsewhere/moved");
    // oxlint-disable-next-line no-await-in-loop -- one state after the other
    expect(await recover(fs)).toMatchObject([{ outcome: "finished" }]);
    expect(fs.lstat(`${sessionsDir}/new.jsonl`)?.kind).toBe("file");
  }
});
