import {
  fromState,
  type MemoryFs,
  type MemoryFsState,
  memoryHost,
  unlessSweeping,
} from "@sessionsmith/testkit";
import { afterAll, describe, expect, test } from "vitest";
import {
  applyPlan,
  commitIndex,
  listOperations,
  listTrash,
  planPurge,
  planRestoreOf,
  planUndoOf,
  purgeOperations,
} from "../../src/engine.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { readIndex } from "../../src/session-index/read-index.ts";
import { removeRowsEdits } from "../../src/session-index/remove-rows-edits.ts";
import { isStoreError } from "../../src/store-error.ts";
import { crashStates } from "./crash-matrix.ts";
import { type Injection, injectEverywhere, storeErrorOf } from "./error-injection.ts";
import {
  applied,
  cleanupPlan,
  indexPath,
  lockTimeoutMs,
  newFile,
  operationId,
  planOf,
  recover,
  removeRows,
  replaceFile,
  sessionsDir,
  smallStoreState,
  toTrash,
  undoPlan,
} from "./operation-scenarios.ts";
import {
  checkBytesKept,
  checkTidy,
  type DiskTree,
  diskTree,
  isEqualTree,
  ourPaths,
} from "./store-promises.ts";

const isNotIndex = (path: string) => path !== indexPath;
const isOurs = ourPaths([sessionsDir]);
let count = 0;

afterAll(() => {
  process.stdout.write(`injected errors: ${count}\n`);
});

const repairPlan = (fs: MemoryFs): Plan =>
  planOf(fs, [
    newFile,
    { kind: "make-dir", phase: "create", name: "more", mode: 0o700 },
    replaceFile(fs, "s3.jsonl"),
    removeRows(fs, "agent:main:direct:2"),
    { kind: "set-mode", phase: "switch", name: "s1.jsonl", mode: 0o640, expectMode: 0o600 },
    toTrash(fs, "s2.jsonl"),
  ]);

const outputPlan = (fs: MemoryFs): Plan =>
  planOf(fs, [
    {
      kind: "write-output",
      phase: "create",
      path: "/elsewhere/report.json",
      content: { source: "inline", text: "a report\n" },
      force: false,
    },
  ]);

const movesPlan = (fs: MemoryFs): Plan => planOf(fs, [toTrash(fs, "notes.txt"), toTrash(fs, "orphan.jsonl")]);

const plans: readonly (readonly [
  name: string,
  start: () => Promise<MemoryFsState>,
  (fs: MemoryFs) => Plan,
])[] = [
  ["a cleanup", async () => smallStoreState(), cleanupPlan],
  ["a repair", async () => smallStoreState(), repairPlan],
  ["an output", async () => smallStoreState(), outputPlan],
  ["moves alone", async () => smallStoreState(), movesPlan],
  ["an undo", () => applied(smallStoreState(), cleanupPlan), (fs) => undoPlan(fs, 0)],
];

/** The rows of the index that find no transcript. */
function danglingRows(fs: MemoryFs): readonly string[] {
  const read = readIndex(fs, indexPath);
  if (read.state !== "readable") throw new Error(`the index is ${read.state}`);
  return read.document.rows
    .filter(({ sessionId }) => fs.lstat(`${sessionsDir}/${sessionId}.jsonl`) === undefined)
    .map(({ key }) => key);
}

/** What holds whatever went wrong: index before or after, no byte lost, every row finds its transcript. */
function checkSafe(fs: MemoryFs, before: DiskTree, after: DiskTree): void {
  const found = diskTree(fs);
  if (!isEqualTree(found, before, isNotIndex) && !isEqualTree(found, after, isNotIndex))
    throw new Error("the index is neither before nor after");
  checkBytesKept(before, found, [sessionsDir]);
}

/** An error that says that nothing was changed left everything as it was, and no operation that a recovery would go on with. */
function checkTruth(error: Error, fs: MemoryFs, before: DiskTree): void {
  const isUnfinished = listOperations(fs, sessionsDir).some(({ state }) => state === "interrupted");
  if (error.message.includes("the operation may not be finished")) return;
  if (!error.message.includes("Nothing was changed"))
    throw new Error("it does not say what became of the store");
  if (isUnfinished || !isEqualTree(diskTree(fs), before, isOurs))
    throw new Error("it says that nothing was changed");
}

describe("every error at every call of", () => {
  test.each(plans)("%s", async (_name, makeStart, planFor) => {
    const start = await makeStart();
    const plan = planFor(fromState(start));
    const run = (fs: MemoryFs) => applyPlan(memoryHost(fs, 1000), plan);
    const afterFs = fromState(start);
    await run(afterFs);
    const [before, after] = [diskTree(fromState(start)), diskTree(afterFs)];
    expect(danglingRows(afterFs)).toEqual([]);

    const judge = async (injection: Injection) => {
      const { error, fs } = injection;
      const healed = fromState(fs.state());
      checkSafe(healed, before, after);
      if (error !== undefined) checkTruth(storeErrorOf(injection), healed, before);
      else if (injection.injected.errno === undefined && !isEqualTree(diskTree(healed), after, isOurs))
        throw new Error("a short write changed the outcome");
      await recover(healed);
      checkSafe(healed, before, after);
      checkTidy(diskTree(healed));
      if (danglingRows(healed).length > 0) throw new Error("rows have lost their transcripts");
    };
    count += await injectEverywhere({ start, run }, judge);
  });
});

const looks: readonly (readonly [name: string, look: (fs: MemoryFs, id: string) => unknown])[] = [
  ["the list of operations", (fs) => listOperations(fs, sessionsDir)],
  ["the list of the trash", (fs) => listTrash(fs, sessionsDir)],
  ["the preview of a purge", (fs) => planPurge(memoryHost(fs), sessionsDir, { olderThanMs: 0 })],
  ["the plan of an undo", (fs, id) => planUndoOf(memoryHost(fs), { realDir: sessionsDir, operationId: id })],
  [
    "the plan of a restore",
    (fs, id) => planRestoreOf(memoryHost(fs), { realDir: sessionsDir, operationId: id }),
  ],
];

describe("every error at every call of a look says what failed, where and why:", () => {
  test.each(looks)("%s", async (_name, look) => {
    const start = await applied(smallStoreState(), cleanupPlan);
    const id = operationId(fromState(start), 0);
    let failed = 0;
    const injected = await injectEverywhere({ start, run: async (fs) => look(fs, id) }, async (injection) => {
      if (injection.error === undefined || isUnreadable(injection.error)) return;
      failed += 1;
      if (!storeErrorOf(injection).message.includes("Nothing was changed"))
        throw new Error("it does not say that nothing was changed");
    });
    count += injected;
    expect(failed).toBeGreaterThan(20);
  });
});

const isUnreadable = (error: unknown) => isStoreError(error) && error.code === "E_CORRUPT_INDEX";
const cleanUp = (fs: MemoryFs) => applyPlan(memoryHost(fs, 1000), cleanupPlan(fs));
const commit = (fs: MemoryFs) =>
  commitIndex(memoryHost(fs), {
    realDir: sessionsDir,
    indexPath,
    edit: (document) => removeRowsEdits(document, new Set(["agent:main:direct:2"])),
    lockTimeoutMs,
  });

describe("every error at every call of the recovery", () => {
  test("from states that a crash in a cleanup left", async () => {
    const start = smallStoreState();
    const afterFs = fromState(start);
    await cleanUp(afterFs);
    const [before, after] = [diskTree(fromState(start)), diskTree(afterFs)];
    const step = 10 * unlessSweeping(3);
    let injected = 0;
    const judge = async (injection: Injection) => {
      const healed = fromState(injection.fs.state());
      checkSafe(healed, before, after);
      if (injection.error !== undefined) storeErrorOf(injection);
      await recover(healed);
      checkSafe(healed, before, after);
      checkTidy(diskTree(healed));
      if (danglingRows(healed).length > 0) throw new Error("rows have lost their transcripts");
    };
    for (const [n, crashed] of (await crashStates(start, cleanUp)).entries()) {
      if (n % step !== 0) continue;
      // oxlint-disable-next-line no-await-in-loop -- one crash after the other
      injected += await injectEverywhere({ start: crashed, run: (fs) => recover(fs) }, judge);
    }
    count += injected;
    expect(injected).toBeGreaterThan(1000);
  });
});

describe("every error at every call of", () => {
  test("a purge leaves the store alone, and a second one finishes", async () => {
    const start = await applied(smallStoreState(), cleanupPlan);
    const before = diskTree(fromState(start));
    const id = operationId(fromState(start), 0);
    const run = (fs: MemoryFs) =>
      purgeOperations(memoryHost(fs), sessionsDir, { olderThanMs: 0, operationId: id, lockTimeoutMs });
    const injected = await injectEverywhere({ start, run }, async (injection) => {
      const healed = fromState(injection.fs.state());
      if (!isEqualTree(diskTree(healed), before, isOurs)) throw new Error("the store was touched");
      if (injection.error !== undefined) storeErrorOf(injection);
      if (listOperations(healed, sessionsDir)[0]?.state === "done") await run(healed);
      await recover(healed);
      if (listOperations(healed, sessionsDir).length > 0) throw new Error("the purge is not complete");
    });
    count += injected;
    expect(injected).toBeGreaterThan(100);
  });

  test("a change of the index that is no operation", async () => {
    const start = smallStoreState();
    const afterFs = fromState(start);
    await commit(afterFs);
    const [before, after] = [diskTree(fromState(start)), diskTree(afterFs)];
    const injected = await injectEverywhere({ start, run: commit }, async (injection) => {
      const { error, fs } = injection;
      const found = diskTree(fromState(fs.state()));
      // From then on, the failing call may be the one that takes the temporary file away.
      const isPassed = (path: string) =>
        isOurs(path) || (injection.injected.name.endsWith("from-then-on") && path.endsWith(".tmp"));
      const isBefore = isEqualTree(found, before, isPassed);
      if (!isBefore && !isEqualTree(found, after, isPassed)) throw new Error("neither before nor after");
      // A look at the index that fails is a failure of the index.
      if (error !== undefined && !isUnreadable(error)) {
        const { message } = storeErrorOf(injection);
        if (message.includes("Nothing was changed") !== isBefore)
          throw new Error("it does not say the truth");
      }
    });
    count += injected;
    expect(injected).toBeGreaterThan(100);
  });
});
