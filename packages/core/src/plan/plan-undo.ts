import { basename, dirname } from "node:path";
import { parsePromptBlobPath } from "../layout/prompt-blob-path.ts";
import type { FileFact } from "../disk/read-fs.ts";
import type { ContentSource } from "./content-source.ts";
import { fileIdentity } from "./file-identity.ts";
import type { FileDecision, RowDecision } from "./decision.ts";
import type { JournaledMove, JournaledStep } from "./journaled-step.ts";
import type { PlanPart, PlanStore } from "./plan.ts";
import type {
  AppendRecordStep,
  CipherSides,
  FileIdentity,
  SetModeStep,
  Step,
  StepPhase,
  WriteFileStep,
} from "./step.ts";
import { isMadeIndex, undoIndex } from "./undo-index.ts";
import type { KeptFile, UndoConflict, UndoInput } from "./undo-input.ts";

/** How one part of an operation is taken back. */
export interface UndoPart {
  readonly part: PlanPart;
  /** What is not as the operation left it, and so stays as it is. */
  readonly conflicts: readonly UndoConflict[];
}

/**
 * Plans the way back: the index, then every file to where it was. Pure. What the operator named for himself (an output
 * file) and directories that were made stay; the ledger gets a line that says that the sessions are back.
 */
export function planUndo(input: UndoInput, store: PlanStore): UndoPart {
  const conflicts: UndoConflict[] = [];
  const files: FileDecision[] = [];
  const steps: Step[] = [];
  for (const [n, step] of input.steps.entries()) {
    const back = input.only === "files" && !isFileStep(step) ? undefined : undoStep(step, n, input);
    if (back === undefined) continue;
    if ("conflict" in back) conflicts.push(back.conflict);
    else {
      steps.push(back.step);
      if (back.file !== undefined) files.push(back.file);
    }
  }
  const wanted = input.only === "files" ? { ...input, index: undefined } : input;
  const index = undoIndex(wanted);
  // Before the modes: the index that comes back has the mode of the one that it replaces.
  if (index.step !== undefined) steps.unshift(index.step);
  const leaves = isMadeIndex(wanted) ? retireIndex(input) : undefined;
  if (leaves !== undefined) {
    steps.push(leaves.step);
    files.push(leaves.file);
  }
  const rows = index.keys.map((key): RowDecision => ({
    key,
    sessionId: undefined,
    action: "restore",
    reasons: ["undo"],
    ageMs: null,
  }));
  const part: PlanPart = { store, rows, files, steps: inOrder(steps), blockedBy: [] };
  return { part, conflicts: [...conflicts, ...index.conflicts] };
}

/** An index that was not there before goes to the trash of the undo. */
function retireIndex({ indexPath, factOf }: UndoInput): { step: Step; file: FileDecision } | undefined {
  const name = basename(indexPath);
  const fact = factOf(name);
  if (fact === undefined) return undefined;
  const expect = fileIdentity(fact);
  return {
    step: { kind: "move-file", phase: "retire", from: name, to: { as: "trash" }, expect, reason: "undo" },
    file: { name, action: "trash", reasons: ["undo"], size: fact.size },
  };
}

function isFileStep({ kind }: JournaledStep): boolean {
  return kind === "move-file" || kind === "write-file";
}

type StepUndo =
  | { readonly step: Step; readonly file?: FileDecision }
  | { readonly conflict: UndoConflict }
  | undefined;

function undoStep(step: JournaledStep, n: number, input: UndoInput): StepUndo {
  switch (step.kind) {
    case "move-file":
      return undoMove(step, n, input);
    case "write-file":
      return undoFile(step, n, input);
    case "append-record":
      return { step: restoredRecords(step, input.operationId) };
    case "set-mode":
      return undoMode(step, input);
    case "write-index":
    case "make-dir":
    case "write-output":
      return undefined;
  }
}

/** What was brought to life goes back into the trash of the undo; everything else to the very name that it had. */
function undoMove(step: JournaledMove, n: number, { factOf, packed }: UndoInput): StepUndo {
  const home = parsePromptBlobPath(step.from) === undefined ? undefined : dirname(step.from);
  if (home !== undefined && factOf(home)?.kind !== "directory") return fileConflict(home, "gone");
  const moved = factOf(step.to);
  const former = factOf(step.from);
  const kept = packed.get(n);
  if (moved === undefined && kept !== undefined)
    return former === undefined ? unpack(step, kept) : fileConflict(step.from, "taken");
  if (moved === undefined) return former === undefined ? fileConflict(step.to, "gone") : undefined;
  if (former !== undefined)
    return String(former.ino) === String(moved.ino) ? undefined : fileConflict(step.from, "taken");
  if (String(moved.ino) !== step.expect.ino || moved.size !== step.expect.size)
    return fileConflict(step.to, "changed-since");
  const phase: StepPhase = step.phase === "retire" ? "create" : "retire";
  const fromTrash = step.from.startsWith(".sessionsmith/operations/");
  const back: Step = {
    kind: "move-file",
    phase,
    from: step.to,
    to: fromTrash ? { as: "trash" } : { as: "name", name: step.from },
    expect: fileIdentity(moved),
    reason: "undo",
  };
  return {
    step: back,
    file: {
      name: fromTrash ? step.to : step.from,
      action: fromTrash ? "trash" : "restore",
      reasons: ["undo"],
      size: moved.size,
    },
  };
}

/** A packed file is not moved: its content comes back as a new file, with the mode and time that it had. */
function unpack(step: JournaledMove, { path, size, sha256, mode, mtimeNs }: KeptFile): StepUndo {
  const content = {
    source: "derive",
    recipe: "gunzip",
    inputs: [{ path, size, sha256 }],
    params: {},
  } as const;
  const back: WriteFileStep = {
    kind: "write-file",
    phase: "create",
    name: step.from,
    content,
    mode,
    mtimeNs: String(mtimeNs),
    replaces: null,
    reason: "undo",
  };
  return {
    step: back,
    file: { name: step.from, action: "restore", reasons: ["undo"], size: step.expect.size },
  };
}

function undoFile(step: WriteFileStep, n: number, input: UndoInput): StepUndo {
  const { factOf, made, replaced, only } = input;
  // The row says how it is encrypted, if at all: it can't go back alone.
  if (step.cipher !== undefined && only === "files") return undefined;
  const present = factOf(step.name);
  const written = made.get(n);
  if (present === undefined || written === undefined) return fileConflict(step.name, "gone");
  if (!isAsWritten(step.name, { present, written }, input)) return fileConflict(step.name, "changed-since");
  const expect = fileIdentity(present);
  const file: FileDecision = { name: step.name, action: "trash", reasons: ["undo"], size: present.size };
  if (step.replaces !== null) return undoReplacement(step, { expect, former: replaced.get(n) });
  return {
    step: {
      kind: "move-file",
      phase: "retire",
      from: step.name,
      to: { as: "trash" },
      expect,
      reason: "undo",
    },
    file,
  };
}

/** The file that was written, or a regular one with the very same bytes: an undo of what came after it writes it anew. */
function isAsWritten(
  name: string,
  { present, written }: { readonly present: FileFact; readonly written: WrittenFile },
  { sha256Of }: UndoInput,
): boolean {
  if (present.size !== written.size) return false;
  if (String(present.ino) === written.ino) return true;
  return present.kind === "file" && sha256Of(name) === written.sha256;
}

type WrittenFile = FileIdentity & { readonly sha256: string };

function undoReplacement(
  step: WriteFileStep,
  { expect, former }: { readonly expect: FileIdentity; readonly former: KeptFile | undefined },
): StepUndo {
  if (former === undefined) return fileConflict(step.name, "gone");
  const { path, size, sha256, mode, mtimeNs } = former;
  const file: FileDecision = { name: step.name, action: "restore", reasons: ["undo"], size };
  const { cipher, ...plain } = step;
  const isEncrypted = cipher?.clear === "replaced";
  const content: ContentSource = isEncrypted
    ? { source: "derive", recipe: cipher.open, inputs: [{ path, size, sha256 }], params: cipher.params }
    : { source: "splice", path, size, sha256, edits: [] };
  return {
    step: {
      ...plain,
      ...(cipher === undefined ? {} : { cipher: otherSide(cipher) }),
      phase: "switch",
      content,
      mode,
      mtimeNs: String(mtimeNs),
      replaces: expect,
      reason: "undo",
    },
    file,
  };
}

/** What was in clear before is in clear again, so what is replaced now is the encrypted side; and the other way round. */
function otherSide(cipher: CipherSides): CipherSides {
  return { ...cipher, clear: otherSides[cipher.clear] };
}

const otherSides = { replaced: "written", written: "replaced", neither: "neither" } as const;

function undoMode(step: SetModeStep, { factOf }: UndoInput): StepUndo {
  const mode = factOf(step.name)?.mode;
  if (mode === step.expectMode) return undefined;
  if (mode !== step.mode) return fileConflict(step.name, "changed-since");
  return { step: { ...step, mode: step.expectMode, expectMode: step.mode } };
}

function restoredRecords(step: AppendRecordStep, undoes: string): AppendRecordStep {
  const records = step.records.map((record) => ({ type: "restored", key: record["key"] ?? null, undoes }));
  return { kind: "append-record", phase: "create", records };
}

function fileConflict(path: string, why: "changed-since" | "taken" | "gone"): StepUndo {
  return { conflict: { kind: "file", path, why } };
}

function inOrder(steps: readonly Step[]): readonly Step[] {
  const order: readonly StepPhase[] = ["create", "switch", "retire"];
  return steps.toSorted((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase));
}
