import type { JsonObject } from "../json-value.ts";
import { sealPlan } from "../plan/plan-digest.ts";
import { type Plan, type PlanStore, planSchemaVersion } from "../plan/plan.ts";
import { planUndo, type UndoPart } from "../plan/plan-undo.ts";
import { planUntilStable } from "../plan/plan-until-stable.ts";
import { fileIdentity } from "../plan/file-identity.ts";
import type { UndoConflict, UndoInput } from "../plan/undo-input.ts";
import { corruptIndexError } from "../session-index/corrupt-index-error.ts";
import { type IndexRead, readIndex } from "../session-index/read-index.ts";
import { isReadableIndex } from "../session-index/unreadable-index.ts";
import type { StoreSnapshot } from "../snapshot/store-snapshot.ts";
import { StoreError } from "../store-error.ts";
import type { EngineHost } from "./engine-host.ts";
import { notOver } from "./not-over.ts";
import { lookAtStore } from "./operation-error.ts";
import type { OperationRecord } from "./operation-state.ts";
import { readOperation } from "./read-operation.ts";
import { readUndoInput } from "./read-undo-input.ts";
import { noReferences, scanForUndo, undoReferences } from "./undo-references.ts";
import { partDir } from "./operation-part.ts";

/** A plan that takes an operation back, and what it can't. */
export interface PlannedUndo {
  readonly plan: Plan;
  readonly conflicts: readonly UndoConflict[];
}

/** Which operation is to be taken back. */
export interface UndoOrder {
  /** One of the stores that it changed: the sessions directory with links resolved. */
  readonly realDir: string;
  readonly operationId: string;
  /** Absolute paths of the indexes of other stores, whose rows may need files too (`stateIndexPaths`). */
  readonly otherIndexPaths?: readonly string[];
}

/**
 * Plans to take back an operation, in all the stores that it changed. Reads only.
 * @throws StoreError E_NOT_FOUND if there is no such operation or it was purged; E_REFUSED if it is not done;
 * E_JOURNAL_PENDING if its journal does not tell what it did; E_CORRUPT_INDEX if a present index can't be read; E_IO
 */
export function planUndoOf(host: EngineHost, order: UndoOrder): PlannedUndo {
  return lookAtStore(() => planBack(host, order));
}

/**
 * Plans to give back the files that an operation retired, in all the stores that it changed, and leaves the rows of the index
 * as they are. Reads only.
 * @throws StoreError as {@link planUndoOf}
 */
export function planRestoreOf(host: EngineHost, order: UndoOrder): PlannedUndo {
  return lookAtStore(() => planBack(host, { ...order, only: "files" }));
}

interface WayBack extends UndoOrder {
  readonly only?: "files";
}

function planBack(host: EngineHost, way: WayBack): PlannedUndo {
  const { realDir, operationId, only } = way;
  const first = doneRecord(host, realDir, operationId);
  const records = first.begin.parts.map((dir) =>
    dir === realDir ? first : doneRecord(host, dir, operationId),
  );
  const undone = records.map((record) => undoPart(host, record, way));
  const left = undone.reduce((sum, { conflicts }) => sum + conflicts.length, 0);
  const policy: JsonObject = left === 0 ? { operation: operationId } : { operation: operationId, left };
  const now = host.clock.now();
  const plan = sealPlan({
    schemaVersion: planSchemaVersion,
    command: only === "files" ? "trash restore" : "undo",
    createdAt: now,
    now,
    policy,
    parts: undone.map(({ part }) => part),
  });
  return { plan, conflicts: undone.flatMap(({ conflicts }) => conflicts) };
}

function undoPart(
  host: EngineHost,
  record: OperationRecord,
  { only, otherIndexPaths = [] }: WayBack,
): UndoPart {
  const { agentId, indexPath } = record.begin;
  const read = readIndex(host.fs, indexPath);
  if (read.state === "absent") {
    throw new StoreError("E_NOT_FOUND", `There is no index at ${indexPath} any more. Nothing was changed.`, {
      details: { path: indexPath },
    });
  }
  const present = read.state === "readable" ? read.document : read.content;
  const { fingerprint } = read;
  if (present === undefined || fingerprint === undefined) throw unreadable(read, indexPath);
  const input = readUndoInput(host.fs, record, { present, only });
  // One that can't be read may be the very one that an undo brought back, which is to be taken back now.
  const isExpected = input.index?.after.sha256 === present.sha256;
  if (read.state === "unreadable" && !isExpected) throw unreadable(read, indexPath);
  const store: PlanStore = {
    agentId,
    indexPath,
    realDir: partDir(record.begin),
    index: { sha256: fingerprint.sha256, ...fileIdentity(fingerprint) },
  };
  return undoOnStore(host, record, { input, store, fingerprint, otherIndexPaths });
}

interface UndoOnStore {
  readonly input: Omit<UndoInput, "references">;
  readonly store: PlanStore;
  readonly fingerprint: StoreSnapshot["fingerprint"];
  readonly otherIndexPaths: readonly string[];
}

/** Plans with what the rows need of the files. Of an index that can't be read nobody knows. */
function undoOnStore(
  host: EngineHost,
  record: OperationRecord,
  { input, store, fingerprint, otherIndexPaths }: UndoOnStore,
): UndoPart {
  const { present: document } = input;
  if (!isReadableIndex(document)) return planUndo({ ...input, references: noReferences }, store);
  const scanned = scanForUndo(host, record.begin, { index: { document, fingerprint }, otherIndexPaths });
  const { plan } = planUntilStable(host.fs, scanned, (snapshot) => {
    const undone = planUndo(
      { ...input, references: undoReferences(host.fs, snapshot, { input, record }) },
      store,
    );
    return { ...undone, parts: [undone.part] };
  });
  return { part: plan.part, conflicts: plan.conflicts };
}

function unreadable(read: IndexRead, indexPath: string): Error {
  if (read.state !== "unreadable") return new Error("an index that can be read has its content");
  return corruptIndexError(indexPath, read.failure);
}

function doneRecord(host: EngineHost, realDir: string, id: string): OperationRecord {
  const stored = readOperation(host.fs, realDir, id);
  const { record, journal } = stored;
  if (journal === undefined) {
    throw new StoreError("E_NOT_FOUND", `There is no operation ${id} in ${realDir}. Nothing was changed.`, {
      hint: "See `sessionsmith operations`.",
      details: { operation: id, path: realDir },
    });
  }
  if (record?.state === "done") return record;
  if (record?.state !== "rolled-back") throw notOver(host.fs, stored);
  throw new StoreError("E_REFUSED", `Operation ${id} was taken back already. Nothing was changed.`, {
    hint: "There is nothing to undo.",
    details: { operation: id },
  });
}
