import { join } from "node:path";
import {
  counted,
  insertRowsEdits,
  joined,
  LongList,
  type NewRow,
  type PlanPart,
  type PlanStore,
  type RequiredFile,
  type RowDecision,
  type Sequence,
  type Step,
  type WriteFileStep,
  type TranscriptFrame,
  viewOf,
} from "@sessionsmith/core";
import { transcriptParams, transcriptRecipeName } from "../content/transcript-recipe.ts";
import type { LegacyDialect } from "../legacy-dialect.ts";
import type { LegacyBody } from "../legacy-source.ts";
import type { MigrationTarget } from "./migration-target.ts";
import { isPending, type PlacedSession } from "./placed-session.ts";

/** Permission bits of a transcript. */
const transcriptMode = 0o600;

/** What all transcripts of a migration share. */
type CommonFrame = Pick<TranscriptFrame, "cwd" | "naiveZone">;

/** The part of a plan for one store: a transcript for each session that lacks one, then all new rows at once. */
export function planStorePart(
  target: MigrationTarget,
  placed: Iterable<PlacedSession>,
  frame: CommonFrame,
): PlanPart {
  const { store, document } = target;
  const rows = new LongList<NewRow>();
  const decisions = new LongList<RowDecision>();
  const transcripts = new LongList<NewTranscript>();
  const requires: RequiredFile[] = [];
  for (const one of placed) {
    if (!isPending(one)) continue;
    for (const row of newRows(one)) rows.push(row);
    for (const decision of addedRows(one)) decisions.push(decision);
    for (const transcript of newTranscripts(one)) transcripts.push(transcript);
    requires.push(...requiredTranscript(one, store));
  }
  const { sha256, bytes } = document;
  const path = store.indexPath;
  const edits = insertRowsEdits(document, rows);
  const content = { source: "splice", path, size: bytes.length, sha256, edits } as const;
  const index: readonly Step[] =
    rows.length === 0 ? [] : [{ kind: "write-index", phase: "switch", path, content, requires }];
  return {
    store,
    rows: joined([keptRows(target), decisions]),
    files: [],
    steps: joined<Step>([viewOf(transcripts, (one) => writeTranscript(one, frame)), index]),
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

/** What a step that makes a transcript is made of, each time it is read: there are as many as sessions, and each is read often. */
interface NewTranscript {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly form: LegacyBody["form"];
  /** Which session of a database. */
  readonly within: string | undefined;
  readonly sessionId: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly dialect: LegacyDialect;
  readonly file: string;
  readonly legacyId: string;
}

function newTranscripts(placed: PlacedSession): readonly NewTranscript[] {
  const { migrated, file, body, startedAt, sessionId, transcript, isWritten } = placed;
  if (!isWritten || transcript === undefined || file === undefined) return [];
  const { form = "openclaw", session: within } = body ?? {};
  const { dialect, legacyId, updatedAt } = migrated;
  const { path, size, sha256 } = file;
  return [
    {
      name: transcript,
      path,
      size,
      sha256,
      form,
      within,
      sessionId,
      startedAt,
      updatedAt,
      dialect,
      file: placed.name,
      legacyId,
    },
  ];
}

function writeTranscript(transcript: NewTranscript, { cwd, naiveZone }: CommonFrame): WriteFileStep {
  const { name, path, size, sha256, form, within, sessionId, startedAt, dialect, file, legacyId } =
    transcript;
  const provenance = { dialect, file, sha256, sessionId: legacyId };
  const content =
    form === "openclaw"
      ? ({ source: "splice", path, size, sha256, edits: [] } as const)
      : ({
          source: "derive",
          recipe: transcriptRecipeName,
          inputs: [{ path, size, sha256 }],
          params: transcriptParams({
            form,
            session: within,
            sessionId,
            startedAt,
            cwd,
            naiveZone,
            provenance,
          }),
        } as const);
  return {
    kind: "write-file",
    phase: "create",
    name,
    content,
    mode: transcriptMode,
    mtimeNs: String(BigInt(transcript.updatedAt) * 1_000_000n),
    replaces: null,
    reason: "migrate",
  };
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
  const reasons = [`key-from:${keyOrigin}`];
  return keys.map((key) => ({ key, sessionId, action: "add", reasons, ageMs: null }));
}

const keepReasons = ["there-before"];
