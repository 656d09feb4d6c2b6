import { afterAll, expect, test } from "vitest";
import { fromState, type MemoryFs, type MemoryFsState } from "@sessionsmith/testkit";
import { applyPlan, planUndoOf } from "../../src/engine.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { MoveFileStep, Step } from "../../src/plan/step.ts";
import { runCrashMatrix } from "./crash-matrix.ts";
import { memoryHost } from "./memory-host.ts";
import {
  applyScenario,
  identityOf,
  planOf,
  removeRows,
  sessionsDir,
  smallStoreState,
} from "./operation-scenarios.ts";

/** Recoveries are stopped as well, for every so many of the states that a crash can leave. */
const everyNth = 1;

let points = 0;
let insideRecovery = 0;

afterAll(() => {
  process.stdout.write(`crash points: ${points}, of these inside a recovery: ${insideRecovery}\n`);
});

const archive = (fs: MemoryFs, from: string): MoveFileStep => ({
  kind: "move-file",
  phase: "retire",
  from,
  to: { as: "archive", reason: "deleted" },
  expect: identityOf(fs, from),
  reason: "stale",
});

const toTrash = (fs: MemoryFs, from: string): MoveFileStep => ({ ...archive(fs, from), to: { as: "trash" } });

const newFile: Step = {
  kind: "write-file",
  phase: "create",
  name: "new.jsonl",
  content: { source: "inline", text: "new\n" },
  mode: 0o640,
  replaces: null,
  reason: "test",
};

const scenarios: readonly (readonly [name: string, planFor: (fs: MemoryFs) => Plan])[] = [
  ["write-index", (fs) => planOf(fs, [removeRows(fs, "agent:main:direct:2")])],
  [
    "write-index, and move-file to archives and the trash",
    (fs) =>
      planOf(fs, [
        {
          kind: "append-record",
          phase: "create",
          records: [
            { type: "ended", key: "agent:main:direct:2" },
            { type: "ended", key: "agent:main:direct:3" },
          ],
        },
        removeRows(fs, "agent:main:direct:2", "agent:main:direct:3"),
        archive(fs, "s2.jsonl"),
        toTrash(fs, "s2.trajectory.jsonl"),
        archive(fs, "s3.jsonl"),
      ]),
  ],
  ["move-file alone", (fs) => planOf(fs, [toTrash(fs, "notes.txt"), archive(fs, "orphan.jsonl")])],
  [
    "append-record",
    (fs) => planOf(fs, [{ kind: "append-record", phase: "create", records: [{ type: "ended", key: "a" }] }]),
  ],
  [
    "write-file that makes one",
    (fs) => planOf(fs, [newFile, removeRows(fs, "agent:main:direct:3"), archive(fs, "s3.jsonl")]),
  ],
  [
    "write-file that replaces one",
    (fs) =>
      planOf(fs, [{ ...newFile, phase: "switch", name: "s3.jsonl", replaces: identityOf(fs, "s3.jsonl") }]),
  ],
  [
    "make-dir and set-mode",
    (fs) =>
      planOf(fs, [
        { kind: "make-dir", phase: "create", name: "more", mode: 0o700 },
        { kind: "set-mode", phase: "switch", name: "s1.jsonl", mode: 0o640, expectMode: 0o600 },
      ]),
  ],
];

test.each(scenarios)("%s", { timeout: 60_000 }, async (name, planFor) => {
  const scenario = await applyScenario(name, smallStoreState(), planFor);
  await run(scenario);
});

test("undo of a cleanup", { timeout: 60_000 }, async () => {
  const start = await cleanedUp();
  const scenario = await applyScenario("undo", start, (fs) => undoPlan(fs, 0));
  await run(scenario);
});

test("undo of an undo", { timeout: 60_000 }, async () => {
  const once = fromState(await cleanedUp());
  await applyPlan(memoryHost(once, 2), undoPlan(once, 0));
  const scenario = await applyScenario("undo of an undo", once.state(), (fs) => undoPlan(fs, 1));
  await run(scenario);
});

async function run(scenario: Parameters<typeof runCrashMatrix>[0]): Promise<void> {
  const count = await runCrashMatrix(scenario, everyNth);
  points += count.points;
  insideRecovery += count.insideRecovery;
  expect(count.points).toBeGreaterThan(20);
}

async function cleanedUp(): Promise<MemoryFsState> {
  const fs = fromState(smallStoreState());
  const plan = planOf(fs, [
    removeRows(fs, "agent:main:direct:2", "agent:main:direct:3"),
    archive(fs, "s2.jsonl"),
    toTrash(fs, "s2.trajectory.jsonl"),
  ]);
  await applyPlan(memoryHost(fs), plan);
  return fs.state();
}

/** The plan that takes back the n-th operation of the store. */
function undoPlan(fs: MemoryFs, n: number): Plan {
  const ids = fs.readdir(`${sessionsDir}/.sessionsmith/operations`) ?? [];
  const id = ids[n];
  if (id === undefined) throw new Error(`no operation ${n}`);
  return planUndoOf(memoryHost(fs, 100), sessionsDir, id).plan;
}
