import { parsePromptBlobPath } from "../layout/prompt-blob-path.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import {
  readCount,
  readFields,
  readList,
  readMatch,
  readObject,
  readText,
  readWord,
} from "./read-strictly.ts";
import type { Placed } from "./read-strictly.ts";
import type { SpliceSource } from "./content-source.ts";
import type {
  AppendRecordStep,
  FileIdentity,
  MoveFileStep,
  MoveTarget,
  RequiredFile,
  Step,
  WriteIndexStep,
} from "./step.ts";

/** A sha256 in lower-case hex. */
export const sha256Pattern = /^[0-9a-f]{64}$/;
/** A 64-bit number in decimal digits. */
export const decimalPattern = /^-?\d{1,20}$/;
/** A name that stays inside its directory: no separator, no NUL, and neither `.` nor `..`. */
const fileNamePattern = /^(?!\.{1,2}$)[^/\\\0]+$/;

/** Reads a file name of the sessions directory, or the path of a prompt below it. */
export function parseFileName(at: Placed): string {
  if (typeof at.value === "string" && parsePromptBlobPath(at.value) !== undefined) return at.value;
  return readMatch(at, fileNamePattern, "a file name");
}

/** Reads one step of a saved plan; only a cleanup's plan can be saved, so only its kinds of steps are known here. */
export function parseStep(at: Placed): Step {
  const { kind } = readObject(at);
  if (kind === "move-file") return parseMoveFile(at);
  return kind === "append-record" ? parseAppendRecord(at) : parseWriteIndex(at);
}

function parseAppendRecord(at: Placed): AppendRecordStep {
  const field = readFields(at, ["kind", "phase", "records"]);
  return {
    kind: readWord(field("kind"), ["append-record"]),
    phase: readWord(field("phase"), ["create"]),
    records: readList(field("records"), readObject),
  };
}

function parseWriteIndex(at: Placed): WriteIndexStep {
  const field = readFields(at, ["kind", "phase", "path", "content", "requires"]);
  const requires = field("requires");
  return {
    kind: readWord(field("kind"), ["write-index"]),
    phase: readWord(field("phase"), ["switch"]),
    path: readText(field("path")),
    content: parseSplice(field("content")),
    ...(requires.value === undefined ? {} : { requires: readList(requires, parseRequiredFile) }),
  };
}

function parseRequiredFile(at: Placed): RequiredFile {
  const field = readFields(at, ["path", "is"]);
  const is = field("is");
  return { path: readText(field("path")), is: is.value === null ? null : parseIdentity(is) };
}

function parseSplice(at: Placed): SpliceSource {
  const field = readFields(at, ["source", "path", "size", "sha256", "edits"]);
  return {
    source: readWord(field("source"), ["splice"]),
    path: readText(field("path")),
    size: readCount(field("size")),
    sha256: readMatch(field("sha256"), sha256Pattern, "a sha256"),
    edits: readList(field("edits"), parseEdit),
  };
}

function parseEdit(at: Placed): SpliceEdit {
  const field = readFields(at, ["at", "remove", "insert"]);
  return {
    at: readCount(field("at")),
    remove: readCount(field("remove")),
    insert: readText(field("insert")),
  };
}

function parseMoveFile(at: Placed): MoveFileStep {
  const field = readFields(at, ["kind", "phase", "from", "to", "expect", "reason"]);
  return {
    kind: readWord(field("kind"), ["move-file"]),
    phase: readWord(field("phase"), ["retire"]),
    from: parseFileName(field("from")),
    to: parseTarget(field("to")),
    expect: parseIdentity(field("expect")),
    reason: readText(field("reason")),
  };
}

function parseTarget(at: Placed): MoveTarget {
  if (readObject(at)["as"] === "trash") {
    const field = readFields(at, ["as"]);
    return { as: readWord(field("as"), ["trash"]) };
  }
  const field = readFields(at, ["as", "reason"]);
  return {
    as: readWord(field("as"), ["archive"]),
    reason: readWord(field("reason"), ["deleted", "reset", "bak"]),
  };
}

function parseIdentity(at: Placed): FileIdentity {
  const field = readFields(at, ["dev", "ino", "size", "mtimeNs"]);
  const readDecimal = (name: "dev" | "ino" | "mtimeNs"): string =>
    readMatch(field(name), decimalPattern, "a number in decimal digits");
  return {
    dev: readDecimal("dev"),
    ino: readDecimal("ino"),
    size: readCount(field("size")),
    mtimeNs: readDecimal("mtimeNs"),
  };
}
