import type { JsonObject } from "../json-value.ts";
import type { ContentSource } from "./content-source.ts";

/** One change of the disk, as data. Names are relative to the sessions directory unless a docstring says otherwise. */
export type Step =
  | AppendRecordStep
  | MakeDirStep
  | MoveFileStep
  | RemoveDirStep
  | SetModeStep
  | WriteFileStep
  | WriteIndexStep
  | WriteOutputStep;

/** The phase fixes the order of an operation: new content first, then the switch, then what is retired. */
export type StepPhase = "create" | "switch" | "retire";

/** Replaces the index. Its former content stays in the operation's folder. */
export interface WriteIndexStep {
  readonly kind: "write-index";
  readonly phase: "switch";
  /** Absolute path of the index. */
  readonly path: string;
  readonly content: ContentSource;
  /** Modification time to give it (an undo restores it); the time of writing otherwise. Decimal nanoseconds. */
  readonly mtimeNs?: string;
  /** What must still be true of files when the new index is switched in: rows leave because a file is missing, or is as it is. */
  readonly requires?: readonly RequiredFile[];
}

/** What a file must be for a step to be right. */
export interface RequiredFile {
  /** Absolute path; links are not followed. */
  readonly path: string;
  /** The file that must be there; null if there must be none. */
  readonly is: FileIdentity | null;
}

/** Makes a new file, or replaces the one that `replaces` identifies, which then goes to the trash. */
export interface WriteFileStep {
  readonly kind: "write-file";
  readonly phase: "create" | "switch";
  readonly name: string;
  readonly content: ContentSource;
  /** Permission bits. */
  readonly mode: number;
  readonly mtimeNs?: string;
  /** The file that is replaced; null if there must be none of that name. */
  readonly replaces: FileIdentity | null;
  readonly reason: string;
  /** Given if it is the same text on both sides of the replacement, encrypted on one of them or on both. */
  readonly cipher?: CipherSides;
}

/** A replacement of a clear file by its encrypted form, the other way round, or of one encrypted form by another. */
export interface CipherSides {
  /**
   * Which side is in clear. A clear file that is `replaced` does not go to the trash: a copy of what was written does, after it was
   * seen to make every byte of the replaced one again. Such a file never goes back without the row that says how it is encrypted.
   */
  readonly clear: "neither" | "replaced" | "written";
  /** The recipe that makes the clear bytes of the encrypted ones, and its parameters. It needs a key, and so does an undo. */
  readonly open: string;
  readonly params: JsonObject;
}

/**
 * Renames a file without ever overwriting one. In phase `create` (an undo brings a file back) the new name exists before
 * the switch and the old one goes after it; in phase `retire` both happen after the switch.
 */
export interface MoveFileStep {
  readonly kind: "move-file";
  readonly phase: "create" | "retire";
  /**
   * A name, the path of a prompt below `skills-prompts/`, a path below `.sessionsmith/`, or a path that leads out of the sessions
   * directory (an original that a migration moves).
   */
  readonly from: string;
  readonly to: MoveTarget;
  readonly expect: FileIdentity;
  readonly reason: string;
}

/** Where a file goes. The stamp of an archive and the number in the trash are given when the operation begins. */
export type MoveTarget =
  | { readonly as: "archive"; readonly reason: "deleted" | "reset" | "bak" }
  | { readonly as: "trash" }
  | { readonly as: "name"; readonly name: string }
  /** Into the operation's own directory in a folder, as {@link WriteOutputStep} has it; `name` is relative to that directory. */
  | { readonly as: "folder"; readonly folder: string; readonly name: string };

/** Adds lines to the ledger; the engine adds the operation id and the time to each. */
export interface AppendRecordStep {
  readonly kind: "append-record";
  readonly phase: "create";
  readonly records: readonly JsonObject[];
}

/** Makes a directory that did not exist. */
export interface MakeDirStep {
  readonly kind: "make-dir";
  readonly phase: "create";
  readonly name: string;
  readonly mode: number;
}

/** Takes a directory away if nothing is in it by then; an undo does it to one that the operation made. */
export interface RemoveDirStep {
  readonly kind: "remove-dir";
  readonly phase: "retire";
  readonly name: string;
}

/** Changes the permission bits of a file or directory. */
export interface SetModeStep {
  readonly kind: "set-mode";
  readonly phase: "switch";
  /** `.` is the sessions directory itself. */
  readonly name: string;
  readonly mode: number;
  readonly expectMode: number;
}

/** Writes a file that the operator named, anywhere; never through a link, never over a file unless told so. */
export interface WriteOutputStep {
  readonly kind: "write-output";
  readonly phase: "create";
  /** Absolute path; with `folder`, in a plan, a path relative to the directory of the operation in it. */
  readonly path: string;
  readonly content: ContentSource;
  readonly force: boolean;
  /**
   * Absolute path of a directory in which each operation has a directory of its own name (migrate's copies of originals).
   * What is missing of it is made.
   */
  readonly folder?: string;
}

/** What a file must still be when its step runs; bigints as decimal strings. */
export interface FileIdentity {
  readonly dev: string;
  readonly ino: string;
  /** Bytes. */
  readonly size: number;
  readonly mtimeNs: string;
}
