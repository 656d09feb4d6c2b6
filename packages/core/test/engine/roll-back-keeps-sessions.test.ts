import { fromState, type MemoryFs, type MemoryFsState, memoryHost, tree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import type { WriteFs } from "../../src/disk/write-fs.ts";
import { applyPlan } from "../../src/engine.ts";
import { crashStates } from "./crash-matrix.ts";
import {
  applied,
  cleanupPlan,
  indexPath,
  newFile,
  planOf,
  recover,
  removeRows,
  sessionsDir,
  smallStoreState,
  undoPlan,
} from "./operation-scenarios.ts";

const transcript = `${sessionsDir}/s2.jsonl`;

/** Another program writes the index, with a row for a transcript that an undo has just brought back. */
function putRowBack(other: WriteFs): void {
  const rows = { "agent:main:direct:2": { sessionId: "s2", updatedAt: 1_780_000_000_000 } };
  writeIndex(other, rows);
}

function writeIndex(other: WriteFs, rows: object): void {
  putBytes(other, Buffer.from(JSON.stringify(rows)));
}

function putBytes(other: WriteFs, bytes: Uint8Array): void {
  const theirs = `${sessionsDir}/theirs`;
  other.createFile(theirs, 0o600, (file) => file.write(bytes));
  other.rename(theirs, indexPath);
}

/** In each state that has the file, another program writes; then a recovery must leave the file. Tells how many it rolled back. */
async function keptInEach(
  states: readonly MemoryFsState[],
  path: string,
  write: (fs: MemoryFs) => void,
): Promise<number> {
  let rolledBack = 0;
  for (const state of states) {
    const fs = fromState(state);
    if (fs.lstat(path) === undefined) continue;
    write(fs);
    // oxlint-disable-next-line no-await-in-loop -- one state after the other
    const [recovered] = await recover(fs);
    if (recovered?.outcome === "rolled-back") rolledBack += 1;
    expect(fs.lstat(path)?.nlink).toBe(1);
    for (const durable of fs.durableStates()) expect(fromState(durable).lstat(path)?.nlink).toBe(1);
  }
  return rolledBack;
}

/** Every state that a crash in an undo of a cleanup may leave. */
async function crashedUndo() {
  const start = await applied(smallStoreState(), cleanupPlan);
  return crashStates(start, (fs) => applyPlan(memoryHost(fs, 1000), undoPlan(fs, 0)));
}

describe("a row that another program puts back while an undo is under way keeps its transcript", () => {
  test("when the undo is interrupted and rolled back", async () => {
    expect(await keptInEach(await crashedUndo(), transcript, putRowBack)).toBeGreaterThan(3);
  });

  test("also when it puts back the very bytes that the undo has made ready", async () => {
    const before = tree(fromState(smallStoreState()), sessionsDir).get("sessions.json")?.bytes;
    if (before === undefined) throw new Error("the store has an index");
    const rolledBack = await keptInEach(await crashedUndo(), transcript, (fs) => putBytes(fs, before));
    expect(rolledBack).toBeGreaterThan(3);
  });

  test("when the undo finds the other index before its switch, and takes itself back", async () => {
    let hasPutBack = false;
    const fs: MemoryFs = fromState(await applied(smallStoreState(), cleanupPlan), {
      onCall: () => {
        const other = fs.otherProcess();
        if (hasPutBack || other.lstat(transcript) === undefined) return;
        hasPutBack = true;
        putRowBack(other);
      },
    });
    await expect(applyPlan(memoryHost(fs, 1000), undoPlan(fs, 0))).rejects.toMatchObject({
      code: "E_STALE_PLAN",
    });
    expect(hasPutBack).toBe(true);
    expect(fs.lstat(transcript)?.nlink).toBe(1);
  });

  test("and without a row it goes back to where it was", async () => {
    let rolledBack = 0;
    for (const state of await crashedUndo()) {
      const fs = fromState(state);
      writeIndex(fs, {});
      // oxlint-disable-next-line no-await-in-loop -- one state after the other
      const [recovered] = await recover(fs);
      if (recovered?.outcome !== "rolled-back") continue;
      rolledBack += 1;
      expect(fs.lstat(transcript)).toBeUndefined();
    }
    expect(rolledBack).toBeGreaterThan(3);
  });
});

test("a transcript that was made anew stays, too, if another program has put a row for it into the index", async () => {
  const start = smallStoreState();
  const states = await crashStates(start, (fs) =>
    applyPlan(memoryHost(fs, 1000), planOf(fs, [newFile, removeRows(fs, "agent:main:direct:2")])),
  );
  const row = { sessionId: "new", updatedAt: 1_780_000_000_000 };
  const writeRow = (fs: MemoryFs) => writeIndex(fs, { "agent:main:new": row });
  expect(await keptInEach(states, `${sessionsDir}/${newFile.name}`, writeRow)).toBeGreaterThan(3);
});
