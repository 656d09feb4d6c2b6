import { parseLeanRow, rowSha256 } from "@sessionsmith/core";
import type { RowChange, RowDecision, RowFacts, StoreSnapshot } from "@sessionsmith/core";
import { retireFiles } from "./retire-files.ts";
import { isMarked, stageMark } from "./stage-mark.ts";

/** A row that was asked to let go of its transcript. */
interface StagedRow {
  readonly decision: RowDecision;
  readonly facts: RowFacts;
  /** Name of the transcript. */
  readonly transcript: string;
}

/**
 * Settles which rows stay as metadata only (retention rules, `stage: "metadata"`): those of the asked ones whose transcript can
 * leave. Where it can't, because a row that keeps its files references it or something else holds it, the row stays as it is,
 * and that may hold the files of further rows. The others get the mark that says why they have no transcript.
 */
export function settleStages(
  snapshot: StoreSnapshot,
  decisions: readonly RowDecision[],
): readonly RowDecision[] {
  let settled = decisions;
  for (;;) {
    const staged = stagedRows(snapshot, settled);
    if (staged.length === 0) return settled;
    const files = new Map(retireFiles(snapshot, settled).map((file) => [file.name, file]));
    const stuck = new Map(
      staged.flatMap(({ decision, transcript }) => {
        const { action, reasons } = files.get(transcript) ?? {
          action: "keep",
          reasons: ["transcript-stays"],
        };
        return action === "keep" ? [[decision.key, reasons] as const] : [];
      }),
    );
    if (stuck.size === 0) return withMarks(snapshot, settled, staged);
    settled = settled.map((decision) => keepWhole(decision, stuck.get(decision.key)));
  }
}

function stagedRows(snapshot: StoreSnapshot, decisions: readonly RowDecision[]): readonly StagedRow[] {
  const asked = new Map<string, RowDecision>();
  for (const decision of decisions) if (decision.change?.detached === true) asked.set(decision.key, decision);
  if (asked.size === 0) return [];
  return snapshot.rows.flatMap((facts) => {
    const decision = asked.get(facts.row.key);
    if (decision === undefined || facts.transcript.state !== "present") return [];
    return [{ decision, facts, transcript: facts.transcript.name }];
  });
}

function keepWhole(decision: RowDecision, why: readonly string[] | undefined): RowDecision {
  if (why === undefined) return decision;
  const { change, rowSha256: identity, ...rest } = decision;
  const { detached: _detached, ...others } = change ?? {};
  const kept = { ...rest, reasons: [...decision.reasons, ...why] };
  if (Object.keys(others).length === 0 || identity === undefined) return kept;
  return { ...kept, change: others, rowSha256: identity };
}

function withMarks(
  { document }: StoreSnapshot,
  decisions: readonly RowDecision[],
  staged: readonly StagedRow[],
): readonly RowDecision[] {
  const byKey = new Map(staged.map((row) => [row.decision.key, row]));
  return decisions.map((decision) => {
    const row = byKey.get(decision.key);
    if (row === undefined) return decision;
    const entry = parseLeanRow(document, row.facts.row) ?? {};
    const change: RowChange = isMarked(entry, row.transcript)
      ? { ...decision.change, detached: true }
      : {
          ...decision.change,
          detached: true,
          fields: { ...decision.change?.fields, ...stageMark(entry, row.transcript) },
        };
    return { ...decision, change, rowSha256: rowSha256(document, row.facts.row) };
  });
}
