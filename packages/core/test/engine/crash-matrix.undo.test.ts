import { fromState, type MemoryFs, type MemoryFsState, memoryHost } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { planUndoOf, type UndoConflict } from "../../src/engine.ts";
import { crashCounter } from "./crash-count.ts";
import {
  applied,
  applyScenario,
  cleanupPlan,
  indexPath,
  newFile,
  operationId,
  planOf,
  removeRows,
  renamingPlan,
  replaceFile,
  sessionsDir,
  smallStoreState,
  stagePlan,
  undoPlan,
} from "./operation-scenarios.ts";

type OtherProcess = ReturnType<MemoryFs["otherProcess"]>;

const undoFirst = (fs: MemoryFs) => undoPlan(fs, 0);
const undoSecond = (fs: MemoryFs) => undoPlan(fs, 1);

describe("a crash in", () => {
  const run = crashCounter("undo");

  test("the undo of a cleanup", async () => {
    const start = await applied(smallStoreState(), cleanupPlan);
    expect(await run(await applyScenario("undo", start, (fs) => undoPlan(fs, 0)))).toBeGreaterThan(20);
  });

  test("the undo of a renamed and a changed row", async () => {
    const start = await applied(smallStoreState(), renamingPlan);
    expect(
      await run(await applyScenario("undo of a rename", start, (fs) => undoPlan(fs, 0)), 4),
    ).toBeGreaterThan(20);
  });

  test("the undo of an undo", async () => {
    const cleaned = await applied(smallStoreState(), cleanupPlan);
    const start = await applied(cleaned, (fs) => undoPlan(fs, 0), 2);
    expect(await run(await applyScenario("undo of an undo", start, (fs) => undoPlan(fs, 1)))).toBeGreaterThan(
      20,
    );
  });

  test("the undo of a row that stayed without its transcript, and the undo of that", async () => {
    const staged = await applied(smallStoreState(), stagePlan);
    expect(await run(await applyScenario("undo of a stage", staged, undoFirst))).toBeGreaterThan(20);
    const start = await applied(staged, undoFirst, 2);
    expect(await run(await applyScenario("stage again", start, undoSecond))).toBeGreaterThan(20);
  });

  test("the undo of new and replaced files", async () => {
    const start = await applied(smallStoreState(), (fs) =>
      planOf(fs, [newFile, replaceFile(fs, "s3.jsonl"), removeRows(fs, "agent:main:direct:2")]),
    );
    expect(await run(await applyScenario("undo of files", start, (fs) => undoPlan(fs, 0)))).toBeGreaterThan(
      20,
    );
  });

  test("an undo with conflicts", async () => {
    // Since the cleanup somebody has begun a session under a key of it.
    const begun = { "agent:main:direct:2": { sessionId: "other", updatedAt: 1_791_000_000_000 } };
    const taken = await undoAfter((other) => writeRows(other, begun));
    expect(taken.conflicts).toEqual([
      stays(/^s2\.jsonl\.deleted\./),
      stays(/000003$/),
      { kind: "row", key: "agent:main:direct:2", why: "taken" },
    ]);
    expect(await run(await applyScenario("undo with a key taken", taken.start, undoFirst))).toBeGreaterThan(
      20,
    );
    // Another file has the name of one of its transcripts.
    const named = await undoAfter((other) => {
      writeRows(other, {});
      other.createFile(`${sessionsDir}/s3.jsonl`, 0o600, (file) =>
        file.write(Buffer.from("another three\n")),
      );
    });
    expect(named.conflicts).toEqual([
      { kind: "file", path: "s3.jsonl", why: "taken" },
      { kind: "row", key: "agent:main:direct:3", why: "transcript-stays" },
    ]);
    expect(await run(await applyScenario("undo with a name taken", named.start, undoFirst))).toBeGreaterThan(
      20,
    );
  });
});

const stays = (path: RegExp) => ({
  kind: "file",
  path: expect.stringMatching(path),
  why: "session-stays",
});

/** The store after a cleanup and what another process did since, and the conflicts of the undo of the cleanup. */
async function undoAfter(
  since: (other: OtherProcess) => void,
): Promise<{ readonly start: MemoryFsState; readonly conflicts: readonly UndoConflict[] }> {
  const fs = fromState(await applied(smallStoreState(), cleanupPlan));
  since(fs.otherProcess());
  const { conflicts } = planUndoOf(memoryHost(fs), { realDir: sessionsDir, operationId: operationId(fs, 0) });
  return { start: fs.state(), conflicts };
}

/** Writes the index anew, with the row that the cleanup left and others. */
function writeRows(other: OtherProcess, rows: object): void {
  const left = { "agent:main:main": { sessionId: "s1", updatedAt: 1_790_000_000_000, x: 100 } };
  const text = JSON.stringify({ ...left, ...rows });
  other.createFile(`${indexPath}.1.tmp.other`, 0o600, (file) => file.write(Buffer.from(text)));
  other.rename(`${indexPath}.1.tmp.other`, indexPath);
}
