import { join } from "node:path";
import {
  fromState,
  type MemoryFs,
  memoryFs,
  type MemoryFsState,
  type TreeSpec,
  writeTree,
} from "@sessionsmith/testkit";
import { applyPlan, recoverStore } from "../../src/engine.ts";
import { sealPlan } from "../../src/plan/plan-digest.ts";
import { type Plan, type PlanPart, planSchemaVersion } from "../../src/plan/plan.ts";
import { fileIdentity } from "../../src/plan/file-identity.ts";
import type { FileIdentity, Step, WriteIndexStep } from "../../src/plan/step.ts";
import { readIndex } from "../../src/session-index/read-index.ts";
import { removeRowsEdits } from "../../src/session-index/remove-rows-edits.ts";
import type { Scenario } from "./crash-matrix.ts";
import { memoryHost } from "./memory-host.ts";
import { checkPromises, storePromises } from "./store-promises.ts";

/** The sessions directory of the scenarios. */
export const sessionsDir = "/state/agents/main/sessions";
/** The index of the scenarios. */
export const indexPath: string = join(sessionsDir, "sessions.json");

const lockTimeoutMs = 1000;

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
  writeTree(fs, "/elsewhere", { "other.txt": "not ours\n" });
  return fs.state();
}

/** A plan of one part that consists of these steps. */
export function planOf(fs: MemoryFs, steps: readonly Step[], command = "test"): Plan {
  return sealPlan({
    schemaVersion: planSchemaVersion,
    command,
    createdAt: 0,
    now: 0,
    policy: {},
    parts: [partOf(fs, steps)],
  });
}

/** One part over the store in {@link sessionsDir}. */
export function partOf(fs: MemoryFs, steps: readonly Step[]): PlanPart {
  const read = readIndex(fs, indexPath);
  if (read.state !== "readable") throw new Error("the scenario's index is not readable");
  const { sha256 } = read.fingerprint;
  const index = { sha256, ...fileIdentity(read.fingerprint) };
  return {
    store: { agentId: "main", indexPath, realDir: sessionsDir, index },
    rows: [],
    files: [],
    steps,
    blockedBy: [],
  };
}

/** What a file of the scenario's store is now. */
export function identityOf(fs: MemoryFs, name: string): FileIdentity {
  const fact = fs.lstat(join(sessionsDir, name));
  if (fact === undefined) throw new Error(`no ${name}`);
  return fileIdentity(fact);
}

/** The step that takes rows out of the index. */
export function removeRows(fs: MemoryFs, ...keys: readonly string[]): WriteIndexStep {
  const read = readIndex(fs, indexPath);
  if (read.state !== "readable") throw new Error("the scenario's index is not readable");
  const { document, fingerprint } = read;
  const edits = removeRowsEdits(document, new Set(keys));
  const content = {
    source: "splice",
    path: indexPath,
    size: fingerprint.size,
    sha256: fingerprint.sha256,
    edits,
  } as const;
  return { kind: "write-index", phase: "switch", path: indexPath, content };
}

/** A scenario that applies a plan made of the store as it is. */
export async function applyScenario(
  name: string,
  start: MemoryFsState,
  planFor: (fs: MemoryFs) => Plan,
): Promise<Scenario> {
  const run = (fs: MemoryFs) => applyPlan(memoryHost(fs, 1000), planFor(fs));
  const recover = (fs: MemoryFs) => recoverStore(memoryHost(fs), sessionsDir, { lockTimeoutMs });
  const before = fromState(start);
  const after = fromState(start);
  await run(after);
  const promises = storePromises(sessionsDir, before, after);
  return {
    name,
    start,
    run,
    recover,
    check: (recovered) => checkPromises(promises, recovered),
  };
}
