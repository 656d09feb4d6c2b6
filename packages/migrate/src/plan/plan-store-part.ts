import { join } from "node:path";
import {
  insertRowsEdits,
  type NewRow,
  type PlanPart,
  type PlanStore,
  type RequiredFile,
  type RowDecision,
  type Step,
  type WriteFileStep,
  type TranscriptFrame,
} from "@sessionsmith/core";
import { transcriptParams, transcriptRecipeName } from "../content/transcript-recipe.ts";
import type { KeyOrigin } from "../keys/wanted-keys.ts";
import type { MigrationTarget } from "./migration-target.ts";
import { isPending, type PlacedSession } from "./placed-session.ts";
import { sessionRow } from "./session-row.ts";

/** Permission bits of a transcript. */
const transcriptMode = 0o600;

/** What all transcripts of a migration share. */
type CommonFrame = Pick<TranscriptFrame, "cwd" | "naiveZone">;

/** The part of a plan for one store: a transcript for each session that lacks one, then all new rows at once. Pure. */
export function planStorePart(
  target: MigrationTarget,
  placed: readonly PlacedSession[],
  frame: CommonFrame,
): PlanPart {
  const pending = placed.filter(isPending);
  const rows = pending.flatMap((one) => (one.addsRows ? newRows(one) : []));
  const transcripts = pending.flatMap((one) => writeTranscript(one, frame));
  const { store, document } = target;
  const content = {
    source: "splice",
    path: store.indexPath,
    size: document.bytes.length,
    sha256: document.sha256,
    edits: insertRowsEdits(document, rows),
  } as const;
  const requires = pending.flatMap((one) => (one.addsRows ? requiredTranscript(one, store) : []));
  const index: readonly Step[] =
    rows.length === 0
      ? []
      : [{ kind: "write-index", phase: "switch", path: store.indexPath, content, requires }];
  return {
    store,
    rows: [...keptRows(target), ...pending.flatMap(addedRows)],
    files: [],
    steps: [...transcripts, ...index],
    blockedBy: [],
  };
}

/** A row for a transcript that is there already is right only as long as that is there. */
function requiredTranscript({ place }: PlacedSession, { realDir }: PlanStore): readonly RequiredFile[] {
  if (place.state === "write" || place.transcript === undefined || place.seen === undefined) return [];
  return [{ path: join(realDir, place.transcript), is: place.seen }];
}

function newRows({ session, place, keys }: PlacedSession): readonly NewRow[] {
  const { sessionId, transcript } = place;
  return keys.map((key) => ({ key, value: sessionRow(session, { sessionId, transcript }) }));
}

function writeTranscript(
  { session, place, name }: PlacedSession,
  frame: CommonFrame,
): readonly WriteFileStep[] {
  const { source, file, times } = session;
  if (place.state !== "write" || place.transcript === undefined || file === undefined) return [];
  const input = { path: source.path, size: file.size, sha256: file.sha256 };
  const { form = "openclaw", session: within } = source.body ?? {};
  const provenance = { dialect: source.dialect, file: name, sha256: file.sha256, sessionId: source.id };
  const { sessionId, transcript } = place;
  const content =
    form === "openclaw"
      ? ({ source: "splice", ...input, edits: [] } as const)
      : ({
          source: "derive",
          recipe: transcriptRecipeName,
          inputs: [input],
          params: transcriptParams({
            form,
            session: within,
            sessionId,
            startedAt: times.startedAt,
            ...frame,
            provenance,
          }),
        } as const);
  const step: WriteFileStep = {
    kind: "write-file",
    phase: "create",
    name: transcript,
    content,
    mode: transcriptMode,
    mtimeNs: String(BigInt(times.updatedAt) * 1_000_000n),
    replaces: null,
    reason: "migrate",
  };
  return [step];
}

function keptRows({ document }: MigrationTarget): readonly RowDecision[] {
  return document.rows
    .filter(({ shadowed }) => !shadowed)
    .map(({ key, sessionId }) => ({
      key,
      sessionId,
      action: "keep",
      reasons: keepReasons,
      ageMs: null,
    }));
}

function addedRows({ addsRows, keys, place, wanted }: PlacedSession): readonly RowDecision[] {
  if (!addsRows) return [];
  const reasons = addReasons[wanted.origin];
  return keys.map((key) => ({ key, sessionId: place.sessionId, action: "add", reasons, ageMs: null }));
}

/** One list for all rows that were added for one reason. */
const addReasons: Readonly<Record<KeyOrigin, readonly string[]>> = {
  map: ["key-from:map"],
  metadata: ["key-from:metadata"],
  id: ["key-from:id"],
  legacy: ["key-from:legacy"],
};
const keepReasons = ["there-before"];
