import { classifyFileName } from "../layout/classify-file-name.ts";
import type { JournaledStep } from "./journaled-step.ts";
import type { UndoReferences } from "./undo-input.ts";
import type { StepUndo } from "./undo-step.ts";

/** A step that moved or wrote a file, and its way back. */
export interface FileUndo {
  readonly step: Extract<JournaledStep, { readonly kind: "move-file" | "write-file" }>;
  readonly back: StepUndo;
}

/** What is known of the rows before anybody asks for their files. */
export interface RowPlans {
  /** Keys of rows that can go back. */
  readonly going: readonly string[];
  /** Keys of rows that can't, though the operation changed them. */
  readonly staying: readonly string[];
  /** True if the rows are not known one by one: then all of them go back, or none. */
  readonly asOne: boolean;
  /** Tells whether a row is what it was before the operation: it does again without what the operation brought, as it did then. */
  readonly isAsBefore: (key: string) => boolean;
}

/** What is not taken back, so that no session is torn apart. */
export interface Staying {
  readonly keys: ReadonlySet<string>;
  readonly files: ReadonlySet<FileUndo>;
}

/**
 * A session is its row and its files: what has gone on stays whole, and what comes back comes back whole. Starting from what is not
 * as the operation left it, a row stays if a transcript of it stays, and a file stays if a row needs it that stays, until nothing
 * more does. Pure.
 */
export function stayingSessions(
  files: readonly FileUndo[],
  rows: RowPlans,
  references: UndoReferences,
): Staying {
  const keys = new Set(rows.staying);
  const going = new Set(rows.going);
  const stuck = new Set(files.filter(({ back }) => back !== undefined && "conflict" in back));
  const isNeeded = neededBy({ keys, going, isAsBefore: rows.isAsBefore }, references);
  for (let known = -1; known < keys.size + stuck.size;) {
    known = keys.size + stuck.size;
    const torn = tornRows({ going, keys, stuck, files }, references);
    for (const key of rows.asOne && torn.length > 0 ? [...going] : torn) {
      going.delete(key);
      keys.add(key);
    }
    for (const file of files) if (!stuck.has(file) && isNeeded(file)) stuck.add(file);
  }
  return { keys, files: stuck };
}

/**
 * Rows that would go back without a transcript that they had, leave one behind that has gone on, or take back one with which a
 * session goes on under another key.
 */
function tornRows(
  { going, keys, stuck, files }: Undecided,
  { present, before, leftSince, writtenSince }: UndoReferences,
): readonly string[] {
  const missing = new Set([...keys].flatMap((key) => without(present.get(key), before.get(key))));
  const comingBack = new Set(files.flatMap((file) => (stuck.has(file) ? [] : (nameBefore(file.step) ?? []))));
  for (const name of leftSince) if (!comingBack.has(name)) missing.add(name);
  const brought = new Set(files.map(({ step }) => nameAfter(step)));
  const changed = new Set<string>();
  for (const { step, back } of stuck) {
    const former = nameBefore(step);
    if (former !== undefined) missing.add(former);
    const goesOn = back !== undefined && "conflict" in back && back.conflict.why === "changed-since";
    if (goesOn) changed.add(nameAfter(step));
  }
  const goesOnAlone = (key: string): boolean =>
    !before.has(key) && (present.get(key) ?? []).some((name) => writtenSince.has(name) && !brought.has(name));
  return [...going].filter(
    (key) =>
      hasTranscriptIn(missing, before.get(key)) ||
      hasTranscriptIn(changed, present.get(key)) ||
      goesOnAlone(key),
  );
}

function hasTranscriptIn(some: ReadonlySet<string>, names: readonly string[] = []): boolean {
  return names.some((name) => some.has(name) && isTranscript(name));
}

function without(names: readonly string[] = [], others: readonly string[] = []): readonly string[] {
  return names.filter((name) => !others.includes(name));
}

interface Undecided extends Pick<RowsNow, "going" | "keys"> {
  readonly files: readonly FileUndo[];
  readonly stuck: ReadonlySet<FileUndo>;
}

interface RowsNow extends Pick<RowPlans, "isAsBefore"> {
  readonly keys: ReadonlySet<string>;
  readonly going: ReadonlySet<string>;
}

/** Tells of a file whether a session needs it to stay as it is; asked anew when more rows stay. */
function neededBy(
  { keys, going, isAsBefore }: RowsNow,
  { present, before, elsewhere }: UndoReferences,
): (file: FileUndo) => boolean {
  const [rowsNow, rowsBefore] = [keysByFile(present), keysByFile(before)];
  return ({ step, back }) => {
    if (back === undefined || "conflict" in back) return false;
    const name = nameAfter(step);
    const leaves = back.step.kind === "move-file";
    const needs = (key: string) => keys.has(key) || (leaves && !going.has(key) && !isAsBefore(key));
    if (leaves && elsewhere.has(name)) return true;
    if (rowsNow.get(name)?.some(needs) === true) return true;
    // It would come back for nobody: the rows that had it stay away, and no other one waits for it.
    const former = nameBefore(step) ?? "";
    const owners = rowsBefore.get(former) ?? [];
    return owners.length > 0 && owners.every((key) => keys.has(key)) && !rowsNow.has(former);
  };
}

/** The name that the operation left the file under. */
export function nameAfter(step: FileUndo["step"]): string {
  return step.kind === "move-file" ? step.to : step.name;
}

/** The name under which the file was found; undefined if there was none. */
export function nameBefore(step: FileUndo["step"]): string | undefined {
  if (step.kind === "move-file") return step.from;
  return step.replaces === null ? undefined : step.name;
}

function isTranscript(name: string): boolean {
  return classifyFileName(name).kind === "transcript";
}

function keysByFile(
  filesByRow: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  for (const [key, names] of filesByRow) {
    for (const name of names) {
      const list = keys.get(name);
      if (list === undefined) keys.set(name, [key]);
      else list.push(key);
    }
  }
  return keys;
}
