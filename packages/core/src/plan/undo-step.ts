import { dirsAbove, dirsOnTheWay } from "../layout/dirs-above.ts";
import type { FileFact } from "../disk/read-fs.ts";
import type { ContentSource } from "./content-source.ts";
import { fileIdentity } from "./file-identity.ts";
import type { FileDecision } from "./decision.ts";
import type { JournaledMove, JournaledStep } from "./journaled-step.ts";
import type {
  AppendRecordStep,
  MakeDirStep,
  CipherSides,
  FileIdentity,
  SetModeStep,
  Step,
  StepPhase,
  WriteFileStep,
} from "./step.ts";
import type { KeptFile, UndoConflict, UndoInput } from "./undo-input.ts";

/** The way back of one step: a step, or why there is none; undefined if nothing is to be done. */
export type StepUndo =
  | { readonly step: Step; readonly file?: FileDecision }
  | { readonly conflict: UndoConflict }
  | undefined;

/** Plans the way back of one step by itself. What the rows need of its file is not looked at. Pure. */
export function undoStep(step: JournaledStep, n: number, input: UndoInput): StepUndo {
  switch (step.kind) {
    case "move-file":
      return undoMove(step, n, input);
    case "write-file":
      return undoFile(step, n, input);
    case "append-record":
      return { step: restoredRecords(step, input.operationId) };
    case "make-dir":
      return undoDir(step, input);
    case "set-mode":
      return undoMode(step, input);
    case "write-index":
    case "remove-dir":
    case "write-output":
      return undefined;
  }
}

/** What was brought to life goes back into the trash of the undo; everything else to the very name that it had. */
function undoMove(step: JournaledMove, n: number, { factOf, packed }: UndoInput): StepUndo {
  const barred = barredWay(step.from, factOf);
  if (barred !== undefined) return barred;
  const moved = factOf(step.to);
  const former = factOf(step.from);
  const kept = packed.get(n);
  if (moved === undefined && kept !== undefined)
    return former === undefined ? unpack(step, kept) : fileConflict(step.from, "taken");
  if (moved === undefined) return former === undefined ? fileConflict(step.to, "gone") : undefined;
  if (former !== undefined)
    return String(former.ino) === String(moved.ino) ? undefined : fileConflict(step.from, "taken");
  if (!isAsMoved(moved, step.expect)) return fileConflict(step.to, "changed-since");
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

/** A way back that leads through something that is no directory. One that is missing is made again, but only in the sessions directory. */
function barredWay(name: string, factOf: UndoInput["factOf"]): StepUndo {
  const ours = dirsAbove(name);
  for (const dir of dirsOnTheWay(name)) {
    const kind = factOf(dir)?.kind;
    if (kind === undefined && !ours.includes(dir)) return fileConflict(dir, "gone");
    if (kind !== undefined && kind !== "directory") return fileConflict(dir, "taken");
  }
  return undefined;
}

/**
 * The file that was moved. In a store that was copied or restored since it has another inode, and nothing has read its content:
 * then the size and the very nanosecond of its last change tell. The step back expects the file as it is now.
 */
function isAsMoved({ kind, ino, size, mtimeNs }: FileFact, expect: FileIdentity): boolean {
  if (size !== expect.size) return false;
  return String(ino) === expect.ino || (kind === "file" && String(mtimeNs) === expect.mtimeNs);
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

/** What others have put into it since keeps it. */
function undoDir({ name }: MakeDirStep, { factOf }: UndoInput): StepUndo {
  return factOf(name)?.kind === "directory"
    ? { step: { kind: "remove-dir", phase: "retire", name } }
    : undefined;
}

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
