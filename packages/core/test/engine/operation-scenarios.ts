import { basename, dirname, join } from "node:path";
import {
  type Fault,
  fromState,
  type MemoryFs,
  memoryFs,
  type MemoryFsState,
  type TreeSpec,
  writeTree,
  memoryHost,
} from "@sessionsmith/testkit";
import {
  applyPlan,
  listOperations,
  planUndoOf,
  type RecoveredOperation,
  recoverStore,
} from "../../src/engine.ts";
import { openOperationIds } from "../../src/engine/open-operations.ts";
import { sealPlan } from "../../src/plan/plan-digest.ts";
import { type Plan, type PlanPart, planSchemaVersion } from "../../src/plan/plan.ts";
import { fileIdentity } from "../../src/plan/file-identity.ts";
import type { FileIdentity, MoveFileStep, Step, WriteFileStep, WriteIndexStep } from "../../src/plan/step.ts";
import type { IndexDocument } from "../../src/session-index/index-document.ts";
import { indexEdits } from "../../src/session-index/index-edits.ts";
import { type IndexRead, readIndex } from "../../src/session-index/read-index.ts";
import { removeRowsEdits } from "../../src/session-index/remove-rows-edits.ts";
import type { SpliceEdit } from "../../src/session-index/splice-edit.ts";
import { crashStates, type Scenario } from "./crash-matrix.ts";
import { checkIndexIsWhole, checkPromises, storePromises } from "./store-promises.ts";

/** The sessions directory of the scenarios. */
export const sessionsDir = "/state/agents/main/sessions";
/** The index of the scenarios. */
export const indexPath: string = join(sessionsDir, "sessions.json");

/** How long the locks of the scenarios are waited for; nobody holds them. */
export const lockTimeoutMs = 1000;

/** A small store: three rows with transcripts and sidecars, a fork, and a file that nobody knows. */
const smallStore: TreeSpec = {
  "sessions.json": JSON.stringify(
    {
      "agent:main:main": { sessionId: "s1", updatedAt: 1_790_000_000_000, x: 1e2 },
      "agent:main:direct:2": { sessionId: "s2", updatedAt: 1_780_000_000_000, unknown: [1, null] },
      "agent:main:direct:3": { sessionId: "s3", updatedAt: 1_770_000_000_000 },
    },
    null,
    2,
  ),
  "s1.jsonl": "one\n",
  "s2.jsonl": "two\n",
  "s2.trajectory.jsonl": "two's trajectory\n",
  "s3.jsonl": "three\n",
  "notes.txt": "mine\n",
  "orphan.jsonl": "nobody's\n",
};

/** The disk that the scenarios start from. */
export function smallStoreState(spec: TreeSpec = smallStore): MemoryFsState {
  const fs = memoryFs();
  writeTree(fs, sessionsDir, spec);
  writeTree(fs, "/elsewhere", { "other.txt": "not ours\n", "old-report.json": "an old report\n" });
  return fs.state();
}

/** A plan of one part that consists of these steps. */
export function planOf(fs: MemoryFs, steps: readonly Step[], command = "test"): Plan {
  return planOfParts([partOf(fs, steps)], command);
}

/** A plan of several parts. */
export function planOfParts(parts: readonly PlanPart[], command = "test"): Plan {
  return sealPlan({ schemaVersion: planSchemaVersion, command, createdAt: 0, now: 0, policy: {}, parts });
}

/** One part over the store in a sessions directory. */
export function partOf(fs: MemoryFs, steps: readonly Step[], dir: string = sessionsDir): PlanPart {
  const { sha256, ...rest } = readIndexOf(fs, dir).fingerprint;
  const index = { sha256, ...fileIdentity(rest) };
  const store = { agentId: basename(dirname(dir)), indexPath: indexIn(dir), realDir: dir, index };
  return { store, rows: [], files: [], steps, blockedBy: [] };
}

/** What a file of a store is now. */
export function identityOf(fs: MemoryFs, name: string, dir: string = sessionsDir): FileIdentity {
  const fact = fs.lstat(join(dir, name));
  if (fact === undefined) throw new Error(`no ${name}`);
  return fileIdentity(fact);
}

/** The step that takes rows out of the index. */
export function removeRows(fs: MemoryFs, ...keys: readonly string[]): WriteIndexStep {
  return editIndex(fs, (document) => removeRowsEdits(document, new Set(keys)));
}

/** The step that edits the index of a store. */
export function editIndex(
  fs: MemoryFs,
  edit: (document: IndexDocument) => readonly SpliceEdit[],
  dir: string = sessionsDir,
): WriteIndexStep {
  const { document, fingerprint } = readIndexOf(fs, dir);
  const { size, sha256 } = fingerprint;
  const path = indexIn(dir);
  const content = { source: "splice", path, size, sha256, edits: edit(document) } as const;
  return { kind: "write-index", phase: "switch", path, content };
}

/** The step that archives a transcript. */
export function archive(fs: MemoryFs, from: string, dir: string = sessionsDir): MoveFileStep {
  const to = { as: "archive", reason: "deleted" } as const;
  return { kind: "move-file", phase: "retire", from, to, expect: identityOf(fs, from, dir), reason: "stale" };
}

/** The step that moves a file to the trash. */
export function toTrash(fs: MemoryFs, from: string, dir: string = sessionsDir): MoveFileStep {
  return { ...archive(fs, from, dir), to: { as: "trash" } };
}

/** The step that notes the end of sessions in the ledger. */
export function recordEnds(...keys: readonly string[]): Step {
  const records = keys.map((key) => ({ type: "ended", key }));
  return { kind: "append-record", phase: "create", records };
}

/** The step that makes a file. */
export const newFile: WriteFileStep = {
  kind: "write-file",
  phase: "create",
  name: "new.jsonl",
  content: { source: "inline", text: "new\n" },
  mode: 0o640,
  replaces: null,
  reason: "test",
};

/** The step that replaces a file. */
export function replaceFile(fs: MemoryFs, name: string, dir: string = sessionsDir): WriteFileStep {
  return { ...newFile, phase: "switch", name, replaces: identityOf(fs, name, dir) };
}

/** Takes two rows of the small store with all that is theirs. */
export function cleanupPlan(fs: MemoryFs): Plan {
  return planOf(fs, [
    recordEnds("agent:main:direct:2", "agent:main:direct:3"),
    removeRows(fs, "agent:main:direct:2", "agent:main:direct:3"),
    archive(fs, "s2.jsonl"),
    toTrash(fs, "s2.trajectory.jsonl"),
    archive(fs, "s3.jsonl"),
  ]);
}

/** Renames a row to the key of one that leaves, and lets a third row follow, as a cleanup does that rescopes. */
export function renamingPlan(fs: MemoryFs): Plan {
  const change = {
    remove: new Set(["agent:main:direct:2"]),
    rekey: new Map([["agent:main:direct:3", "agent:main:direct:2"]]),
    replace: new Map([["agent:main:main", new Map([["spawnedBy", "agent:main:direct:2"]])]]),
  };
  return planOf(fs, [
    recordEnds("agent:main:direct:2"),
    editIndex(fs, (document) => indexEdits(document, change)),
    archive(fs, "s2.jsonl"),
    toTrash(fs, "s2.trajectory.jsonl"),
  ]);
}

/** Leaves a row of the small store as metadata only: its transcript goes, and the row says so. */
export function stagePlan(fs: MemoryFs): Plan {
  const mark = new Map([["pluginExtensions", { sessionsmith: { stage: { kept: "metadata" } } }]]);
  const replace = new Map([["agent:main:direct:3", mark]]);
  return planOf(fs, [
    editIndex(fs, (document) => indexEdits(document, { replace })),
    archive(fs, "s3.jsonl"),
  ]);
}

/** The disk after a plan was applied to it; `firstId` keeps the ids of operations apart. */
export async function applied(
  start: MemoryFsState,
  planFor: (fs: MemoryFs) => Plan,
  firstId = 1,
): Promise<MemoryFsState> {
  const fs = fromState(start);
  await applyPlan(memoryHost(fs, firstId), planFor(fs));
  return fs.state();
}

/** The plan that takes back the n-th operation of the store. */
export function undoPlan(fs: MemoryFs, n: number): Plan {
  return planUndoOf(memoryHost(fs, 100), { realDir: sessionsDir, operationId: operationId(fs, n) }).plan;
}

/** The id of the n-th operation of the store. */
export function operationId(fs: MemoryFs, n: number): string {
  const id = fs.readdir(`${sessionsDir}/.sessionsmith/operations`)?.[n];
  if (id === undefined) throw new Error(`no operation ${n}`);
  return id;
}

function isInterrupted(state: MemoryFsState): boolean {
  return listOperations(fromState(state), sessionsDir).some((one) => one.state === "interrupted");
}

/** What a crash late in a plan leaves: everything but the last line of the journal is done. */
export async function interruptedLate(
  start: MemoryFsState,
  planFor: (fs: MemoryFs) => Plan,
): Promise<MemoryFsState> {
  const crashed = await crashStates(start, (fs) => applyPlan(memoryHost(fs), planFor(fs)));
  const last = crashed.findLast(isInterrupted);
  if (last === undefined) throw new Error("no crash interrupts this plan");
  return last;
}

/** Finishes or takes back what a crash interrupted, as the next start does. */
export function recover(fs: MemoryFs, dir: string = sessionsDir): Promise<readonly RecoveredOperation[]> {
  return recoverStore(memoryHost(fs), dir, { lockTimeoutMs });
}

/** A scenario that applies a plan made of the store as it is, on a disk that can do everything but `fault`. */
export async function applyScenario(
  name: string,
  start: MemoryFsState,
  planFor: (fs: MemoryFs) => Plan,
  fault?: Fault,
): Promise<Scenario> {
  const run = (fs: MemoryFs) => applyPlan(memoryHost(fs, 1000), planFor(fs));
  const before = fromState(start);
  const after = fromState(start, { fault });
  await run(after);
  const promises = storePromises([sessionsDir], before, [after]);
  return {
    name,
    start,
    run,
    fault,
    recover: (disk) => recover(disk),
    checkCrashed: (crashed) => checkIndexIsWhole(promises, crashed),
    check: (recovered) => {
      checkPromises(promises, recovered);
      if (openOperationIds(recovered, sessionsDir).length > 0) throw new Error("an operation is still open");
    },
  };
}

function indexIn(dir: string): string {
  return join(dir, "sessions.json");
}

function readIndexOf(fs: MemoryFs, dir: string): Extract<IndexRead, { readonly state: "readable" }> {
  const read = readIndex(fs, indexIn(dir));
  if (read.state !== "readable") throw new Error("the scenario's index is not readable");
  return read;
}
