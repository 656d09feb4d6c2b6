import { isJsonObject, parseSessionKey } from "@sessionsmith/core";
import type { JsonObject } from "@sessionsmith/core";
import type { SketchedRow } from "@sessionsmith/testkit";
import { basename, dirname } from "node:path/posix";
import type { CleanupCase, CleanupOrder } from "./cleanup-case.ts";
import type { RowDifference } from "./compare-outcomes.ts";

/** A row of an index, with all that may explain why we decide on it otherwise. */
interface RowContext {
  readonly key: string;
  readonly row: unknown;
  /** All rows of that index. */
  readonly rows: readonly SketchedRow[];
  /** Names of the files beside the index. */
  readonly files: ReadonlySet<string>;
  readonly order: CleanupOrder;
}

/** What there is to a row that makes us decide otherwise; by the name of the row in docs/differences.md. */
const rowCauses: Readonly<Record<string, (context: RowContext) => boolean>> = {
  "row-not-understood": ({ row }) => !isJsonObject(row) || !isPlainId(row["sessionId"]),
  "doubled-key": ({ key, rows }) => rows.filter(([other]) => other === key).length > 1,
  "odd-time": ({ row }) => isJsonObject(row) && !isMs(row["updatedAt"]),
  "still-running": ({ row }) => isJsonObject(row) && row["status"] === "running",
  "transcript-locked": ({ row, files }) => files.has(`${plainTranscriptOf(row)}.lock`),
  "transcript-outside": ({ row }) => sessionFileOf(row)?.startsWith("{state}/elsewhere/") === true,
  "stale-session-file": ({ row, files, order }) =>
    order.fixMissing === true && isStale(sessionFileOf(row), files) && files.has(plainTranscriptOf(row)),
  "managed-row": ({ row, order }) =>
    order.fixMissing === true && isJsonObject(row) && row["pluginExtensions"] !== undefined,
  "number-keys": ({ key }) => /^\d+$/.test(key),
};

/** Tells whether a command line, or what it is run on, makes us decide otherwise on any row. */
type OrderCause = (
  difference: RowDifference,
  example: CleanupCase,
  /** All differences of the case. */
  all: readonly RowDifference[],
) => boolean;

const orderCauses: Readonly<Record<string, OrderCause>> = {
  "warn-by-default": ({ stage, ours }, { order, sketch }) =>
    stage === "run" && ours === "left" && order.enforce !== true && modeOf(sketch) === undefined,
  "one-of-several-agents": (difference, { order }) =>
    order.agent !== undefined &&
    difference.index.startsWith("shared/") &&
    (parseSessionKey(difference.key).agentId !== order.agent || dependsOnOthers(difference)),
  "store-by-its-path": (difference, { order }) =>
    order.fixDmScope === true &&
    difference.index === order.store &&
    !difference.index.startsWith("agents/main/") &&
    ([difference.ours, difference.theirs].includes("retire-dm-scope") || dependsOnOthers(difference)),
  // Its run says that we are right.
  "expired-archives": (difference, { order, sketch }, all) =>
    difference.stage === "dry-run" &&
    difference.ours === "keep" &&
    difference.theirs === "evict-budget" &&
    (order.enforce === true || modeOf(sketch) !== "warn") &&
    Object.keys(sketch.files).some((path) => isExpirable(path, difference.index)) &&
    !all.some(
      ({ stage, index, key }) => stage === "run" && index === difference.index && key === difference.key,
    ),
};

/** The mode that the settings name. */
function modeOf({ settings }: CleanupCase["sketch"]): string | undefined {
  return /"mode":"(\w+)"/.exec(JSON.stringify(settings))?.[1];
}

function isExpirable(path: string, index: string): boolean {
  return dirname(path) === dirname(index) && /\.jsonl\.(?:deleted|reset)\./.test(path);
}

/** Actions that depend on how many other rows stay. */
const countingActions: ReadonlySet<string> = new Set(["cap-overflow", "evict-budget"]);

/** Names of all differences that are meant; each is a row of the first table of docs/differences.md. */
export const knownDifferences: readonly string[] = [...Object.keys(orderCauses), ...Object.keys(rowCauses)];

/** A difference, and what explains it; undefined if nothing does. */
export interface ExplainedDifference extends RowDifference {
  readonly cause: string | undefined;
}

/** Tells for each difference of a case which one of the known differences it is. */
export function explainDifferences(
  differences: readonly RowDifference[],
  example: CleanupCase,
): readonly ExplainedDifference[] {
  const previews = differences.filter(({ stage }) => stage === "dry-run");
  return differences.map((difference) => {
    const preview = previews.find(({ index, key }) => index === difference.index && key === difference.key);
    const cause =
      causeOf(difference, example, differences) ??
      (preview === undefined ? undefined : causeOf(preview, example, differences));
    return { ...difference, cause };
  });
}

function causeOf(
  difference: RowDifference,
  example: CleanupCase,
  all: readonly RowDifference[],
): string | undefined {
  const byOrder = Object.entries(orderCauses).find(([, applies]) => applies(difference, example, all));
  if (byOrder !== undefined) return byOrder[0];
  const contexts = contextsOf(difference.index, example);
  const own = contexts.filter(({ key }) => key === difference.key).flatMap(rowCausesOf);
  // A row that we keep, or count, takes the place of another one.
  return own[0] ?? (dependsOnOthers(difference) ? contexts.flatMap(rowCausesOf)[0] : undefined);
}

function dependsOnOthers({ ours, theirs }: RowDifference): boolean {
  return countingActions.has(ours) || countingActions.has(theirs);
}

function contextsOf(index: string, { sketch, order }: CleanupCase): readonly RowContext[] {
  const rows = sketch.indexes[index] ?? [];
  const dir = dirname(index);
  const inDir = Object.keys(sketch.files).filter((path) => dirname(path) === dir);
  const files = new Set(inDir.map((path) => path.slice(dir.length + 1)));
  return rows.map(([key, row]) => ({ key, row, rows, files, order }));
}

function rowCausesOf(context: RowContext): readonly string[] {
  return Object.entries(rowCauses).flatMap(([name, applies]) => (applies(context) ? [name] : []));
}

/** The name that the transcript of a row has if the row does not say another one. */
function plainTranscriptOf(row: unknown): string {
  const sessionId = isJsonObject(row) ? row["sessionId"] : undefined;
  return typeof sessionId === "string" ? `${sessionId}.jsonl` : "";
}

function sessionFileOf(row: unknown): string | undefined {
  const file = isJsonObject(row) ? row["sessionFile"] : undefined;
  return typeof file === "string" ? file : undefined;
}

/** An id that OpenClaw 2026.5.28 leaves in the row, and the row in the index. */
function isPlainId(sessionId: JsonObject[string]): boolean {
  return sessionId === undefined || (typeof sessionId === "string" && /^[a-z0-9][\w.-]*$/i.test(sessionId));
}

function isMs(updatedAt: JsonObject[string]): boolean {
  return typeof updatedAt === "number" && updatedAt >= 1e11 && updatedAt < 1e14;
}

function isStale(sessionFile: string | undefined, files: ReadonlySet<string>): boolean {
  return sessionFile !== undefined && !files.has(basename(sessionFile));
}
