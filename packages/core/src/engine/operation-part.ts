import { HeldFiles } from "../disk/held-files.ts";
import type { Recipes } from "../plan/recipe.ts";
import type { Sequence } from "../sequence.ts";
import type { EngineHost } from "./engine-host.ts";
import type { BeginRecord, StagedRecord } from "./journal-record.ts";
import type { JournaledStep } from "../plan/journaled-step.ts";
import { operationPaths } from "./operation-paths.ts";
import type { PartContext } from "./part-context.ts";
import { referencedNow } from "./referenced-now.ts";
import { StagedFiles } from "./staged-files.ts";

/** One store's share of an operation, with its journal open. */
export interface OperationPart {
  readonly context: PartContext;
  readonly steps: Sequence<JournaledStep>;
}

/** What a part is made from: the beginning of its journal, and what else the machine must give. */
export interface PartInputs {
  readonly host: EngineHost;
  readonly begin: BeginRecord;
  readonly steps: Sequence<JournaledStep>;
  readonly recipes: Recipes;
  readonly staged?: ReadonlyMap<number, StagedRecord>;
  /** True if the operation was interrupted earlier. */
  readonly isRecovery?: boolean;
}

/**
 * Makes the working state of one part.
 * @throws Node's error if the sessions directory can't be looked at
 */
export function operationPart(inputs: PartInputs): OperationPart {
  const { host, begin, steps } = inputs;
  const realDir = partDir(begin);
  const dir = host.fs.lstat(realDir);
  if (dir === undefined) throw new Error(`no sessions directory ${realDir}`);
  const context: PartContext = {
    host,
    realDir,
    owner: { uid: dir.uid, gid: dir.gid },
    operationId: begin.operationId,
    startedAt: begin.startedAt,
    paths: operationPaths(realDir, begin.operationId),
    indexPath: begin.indexPath,
    indexBefore: begin.indexBefore,
    recipes: inputs.recipes,
    staged: stagedFiles(inputs.staged),
    held: new HeldFiles(),
    unsynced: [],
    syncing: [],
    unjournaled: [],
    stagedIn: new Set(),
    touched: new Set(),
    warnings: [],
    isRecovery: inputs.isRecovery ?? false,
    isReferenced: referencedNow(host, { begin, realDir }, writtenIndex(inputs)),
    isReferencedUnswitched: referencedNow(host, { begin, realDir }, undefined),
  };
  return { context, steps };
}

/** The new index, if it lay ready before a crash. */
function writtenIndex({ steps, staged }: PartInputs): StagedRecord | undefined {
  if (staged === undefined) return undefined;
  for (const [n, { kind }] of steps.entries()) if (kind === "write-index") return staged.get(n);
  return undefined;
}

function stagedFiles(records: PartInputs["staged"] = new Map()): StagedFiles {
  const staged = new StagedFiles();
  for (const [n, record] of records) staged.set(n, record);
  return staged;
}

/** The sessions directory that a journal belongs to. */
export function partDir(begin: BeginRecord): string {
  const dir = begin.parts[begin.part];
  if (dir === undefined)
    throw new Error(`journal of operation ${begin.operationId} names no part ${begin.part}`);
  return dir;
}
