import { indexChangeOf, indexEdits } from "@sessionsmith/core";
import type { FileClass, FileDecision, PlanPart, RowDecision, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPreset } from "./cleanup-policy.ts";

/** What the bytes of a sessions directory are spent on. */
export const byteClasses = [
  "index",
  "transcripts",
  "checkpoints",
  "sidecars",
  "prompts",
  "archives",
  "backups",
  "temporary",
  "locks",
  "foreign",
] as const;

/** One of {@link byteClasses}. */
export type ByteClass = (typeof byteClasses)[number];

/** What was decided on one store, before it is a part of a plan. */
export interface Decisions {
  readonly rows: readonly RowDecision[];
  readonly files: readonly FileDecision[];
}

/** The classes of which nothing is ever removed. */
const fixedClasses: ReadonlySet<ByteClass> = new Set(["locks", "foreign"]);

const classOfKind: Readonly<Record<FileClass["kind"], ByteClass>> = {
  transcript: "transcripts",
  checkpoint: "checkpoints",
  trajectory: "sidecars",
  "trajectory-pointer": "sidecars",
  "codex-binding": "sidecars",
  "prompt-blob": "prompts",
  archive: "archives",
  "repair-backup": "backups",
  "index-backup": "backups",
  "index-temp": "temporary",
  "transcript-lock": "locks",
  foreign: "foreign",
};

/**
 * Tells whether a class counts against the disk budget. Under `safe` only what may be removed does, so that nobody's
 * own file costs a session; under `openclaw-2026.5` every regular file does.
 */
export function isBudgeted(byteClass: ByteClass, preset: CleanupPreset): boolean {
  return preset === "openclaw-2026.5" || !fixedClasses.has(byteClass);
}

/** What a file is counted as. */
export function byteClassOf({ kind }: FileClass): ByteClass {
  return classOfKind[kind];
}

/**
 * The bytes of the regular files of a sessions directory by class, as they are once the decisions are carried out. An archive
 * stays visible; what goes to the trash does not count any more, and neither does anything under `.sessionsmith/`.
 */
export function visibleBytes(
  snapshot: StoreSnapshot,
  decisions: Pick<PlanPart, "rows" | "files">,
): ReadonlyMap<ByteClass, number> {
  const bytes = new Map<ByteClass, number>(byteClasses.map((byteClass) => [byteClass, 0]));
  const add = (byteClass: ByteClass, size: number) =>
    bytes.set(byteClass, (bytes.get(byteClass) ?? 0) + size);
  add("index", indexBytes(snapshot, decisions));
  const actions = new Map(decisions.files.map(({ name, action }) => [name, action]));
  for (const { name, fact, nameClass } of snapshot.files.values()) {
    const action = actions.get(name) ?? "keep";
    if (fact.kind !== "file" || action === "trash") continue;
    add(action === "keep" ? byteClassOf(nameClass) : "archives", fact.size);
  }
  return bytes;
}

/** The part of the bytes that counts against the disk budget. */
export function budgetedBytes(bytes: ReadonlyMap<ByteClass, number>, preset: CleanupPreset): number {
  return [...bytes].reduce((sum, [byteClass, size]) => sum + (isBudgeted(byteClass, preset) ? size : 0), 0);
}

function indexBytes({ document, fingerprint }: StoreSnapshot, { rows }: Pick<PlanPart, "rows">): number {
  const change = indexChangeOf(rows);
  const edits = change === undefined ? [] : indexEdits(document, change);
  return edits.reduce(
    (size, { remove, insert }) => size - remove + Buffer.byteLength(insert),
    fingerprint.size,
  );
}
