import { fromState, type MemoryFs, memoryHost, tree } from "@sessionsmith/testkit";
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

describe("a row that another program puts back while an undo is under way keeps its transcript", () => {
  test("when the undo is interrupted and rolled back", { timeout: 60_000 }, async () => {
    const start = await applied(smallStoreState(), cleanupPlan);
    const states = await crashStates(start, (fs) => applyPlan(memoryHost(fs, 1000), undoPlan(fs, 0)));
    let rolledBack = 0;
    for (const state of states) {
      const fs = fromState(state);
      if (fs.lstat(transcript) === undefined) continue;
      putRowBack(fs);
      // oxlint-disable-next-line no-await-in-loop -- one state after the other
      const [recovered] = await recover(fs);
      if (recovered?.outcome === "rolled-back") rolledBack += 1;
      expect(fs.lstat(transcript)?.nlink).toBe(1);
      for (const durable of fs.durableStates()) expect(fromState(durable).lstat(transcript)?.nlink).toBe(1);
    }
    expect(rolledBack).toBeGreaterThan(3);
  });

  test(
    "also when it puts back the very bytes that the undo has made ready",
    { timeout: 60_000 },
    async () => {
      const before = tree(fromState(smallStoreState()), sessionsDir).get("sessions.json")?.bytes;
      if (before === undefined) throw new Error("the store has an index");
      const start = await applied(smallStoreState(), cleanupPlan);
      const states = await crashStates(start, (fs) => applyPlan(memoryHost(fs, 1000), undoPlan(fs, 0)));
      let rolledBack = 0;
      for (const state of states) {
        const fs = fromState(state);
        if (fs.lstat(transcript) === undefined) continue;
        putBytes(fs, before);
        // oxlint-disable-next-line no-await-in-loop -- one state after the other
        const [recovered] = await recover(fs);
        if (recovered?.outcome === "rolled-back") rolledBack += 1;
        expect(fs.lstat(transcript)?.nlink).toBe(1);
      }
      expect(rolledBack).toBeGreaterThan(3);
    },
  );

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
    const start = await applied(smallStoreState(), cleanupPlan);
    const states = await crashStates(start, (fs) => applyPlan(memoryHost(fs, 1000), undoPlan(fs, 0)));
    let rolledBack = 0;
    for (const state of states) {
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
  const made = `${sessionsDir}/${newFile.name}`;
  let rolledBack = 0;
  for (const state of states) {
    const fs = fromState(state);
    if (fs.lstat(made) === undefined) continue;
    writeIndex(fs, { "agent:main:new": { sessionId: "new", updatedAt: 1_780_000_000_000 } });
    // oxlint-disable-next-line no-await-in-loop -- one state after the other
    const [recovered] = await recover(fs);
    if (recovered?.outcome === "rolled-back") rolledBack += 1;
    expect(fs.lstat(made)?.nlink).toBe(1);
    for (const durable of fs.durableStates()) expect(fromState(durable).lstat(made)?.nlink).toBe(1);
  }
  expect(rolledBack).toBeGreaterThan(3);
});
