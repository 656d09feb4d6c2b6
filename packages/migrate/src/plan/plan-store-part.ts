import { join } from "node:path";
import {
  counted,
  insertRowsEdits,
  joined,
  lazySequence,
  type NewRow,
  type PlanPart,
  type PlanStore,
  type RequiredFile,
  type RowDecision,
  type Sequence,
  type Step,
  type WriteFileStep,
  type TranscriptFrame,
} from "@sessionsmith/core";
import { transcriptParams, transcriptRecipeName } from "../content/transcript-recipe.ts";
import type { KeyOrigin } from "../keys/wanted-keys.ts";
import type { MigrationTarget } from "./migration-target.ts";
import { isPending, type PlacedSession } from "./placed-session.ts";

/** Permission bits of a transcript. */
const transcriptMode = 0o600;

/** What all transcripts of a migration share. */
type CommonFrame = Pick<TranscriptFrame, "cwd" | "naiveZone">;

/**
 * The part of a plan for one store: a transcript for each session that lacks one, then all new rows at once. Pure. Steps and
 * decisions are made of the placed sessions whenever they are read.
 */
export function planStorePart(
  target: MigrationTarget,
  placed: Sequence<PlacedSession>,
  frame: CommonFrame,
): PlanPart {
  const { store, document } = target;
  const eachPending = <T>(count: number, make: (one: PlacedSession) => readonly T[]): Sequence<T> =>
    lazySequence(count, function* () {
      for (const one of placed) if (isPending(one)) yield* make(one);
    });
  const counts = { rows: 0, decisions: 0, transcripts: 0 };
  const requires: RequiredFile[] = [];
  for (const one of placed) {
    if (!isPending(one)) continue;
    counts.rows += newRows(one).length;
    counts.decisions += addedRows(one).length;
    counts.transcripts += writeTranscript(one, frame).length;
    requires.push(...requiredTranscript(one, store));
  }
  const edits = insertRowsEdits(document, eachPending(counts.rows, newRows));
  const { sha256, bytes } = document;
  const path = store.indexPath;
  const content = { source: "splice", path, size: bytes.length, sha256, edits } as const;
  const index: readonly Step[] =
    counts.rows === 0 ? [] : [{ kind: "write-index", phase: "switch", path, content, requires }];
  const transcripts = eachPending(counts.transcripts, (one) => writeTranscript(one, frame));
  return {
    store,
    rows: joined([keptRows(target), eachPending(counts.decisions, addedRows)]),
    files: [],
    steps: joined<Step>([transcripts, index]),
    blockedBy: [],
  };
}

/** A row for a transcript that is there already is right only as long as that is there. */
function requiredTranscript(
  { row, isWritten, transcript, seen }: PlacedSession,
  { realDir }: PlanStore,
): readonly RequiredFile[] {
  if (row === undefined || isWritten || transcript === undefined || seen === undefined) return [];
  return [{ path: join(realDir, transcript), is: seen }];
}

function newRows({ row, migrated: { keys } }: PlacedSession): readonly NewRow[] {
  return row === undefined ? [] : keys.map((key) => ({ key, value: row }));
}

function writeTranscript(placed: PlacedSession, frame: CommonFrame): readonly WriteFileStep[] {
  const { migrated, name, file, body, startedAt, sessionId, transcript, isWritten } = placed;
  if (!isWritten || transcript === undefined || file === undefined) return [];
  const { form = "openclaw", session: within } = body ?? {};
  const { dialect, legacyId } = migrated;
  const provenance = { dialect, file: name, sha256: file.sha256, sessionId: legacyId };
  const content =
    form === "openclaw"
      ? ({ source: "splice", path: file.path, size: file.size, sha256: file.sha256, edits: [] } as const)
      : ({
          source: "derive",
          recipe: transcriptRecipeName,
          inputs: [file],
          params: transcriptParams({
            form,
            session: within,
            sessionId,
            startedAt,
            cwd: frame.cwd,
            naiveZone: frame.naiveZone,
            provenance,
          }),
        } as const);
  const step: WriteFileStep = {
    kind: "write-file",
    phase: "create",
    name: transcript,
    content,
    mode: transcriptMode,
    mtimeNs: String(BigInt(migrated.updatedAt) * 1_000_000n),
    replaces: null,
    reason: "migrate",
  };
  return [step];
}

function keptRows({ document }: MigrationTarget): Sequence<RowDecision> {
  return counted(function* () {
    for (const { key, sessionId, shadowed } of document.rows)
      if (!shadowed) yield { key, sessionId, action: "keep", reasons: keepReasons, ageMs: null };
  });
}

function addedRows({ row, migrated, sessionId }: PlacedSession): readonly RowDecision[] {
  const { keys, keyOrigin } = migrated;
  if (row === undefined || keyOrigin === undefined) return [];
  const reasons = addReasons[keyOrigin];
  return keys.map((key) => ({ key, sessionId, action: "add", reasons, ageMs: null }));
}

/** One list for all rows that were added for one reason. */
const addReasons: Readonly<Record<KeyOrigin, readonly string[]>> = {
  map: ["key-from:map"],
  metadata: ["key-from:metadata"],
  id: ["key-from:id"],
  legacy: ["key-from:legacy"],
};
const keepReasons = ["there-before"];
