import type { FileFact } from "../disk/read-fs.ts";
import type { UnreadableIndex } from "../session-index/unreadable-index.ts";
import type { SourceFile } from "./content-source.ts";
import type { IndexDocument } from "../session-index/index-document.ts";
import type { JournaledStep } from "./journaled-step.ts";
import type { FileIdentity } from "./step.ts";

/** One part of an operation that is to be taken back, and the store as it is now. */
export interface UndoInput {
  readonly operationId: string;
  readonly agentId: string;
  /** Files only: the rows of the index and the ledger stay as they are. */
  readonly only?: "files" | undefined;
  readonly indexPath: string;
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  readonly steps: readonly JournaledStep[];
  /** What the steps that made content left, by step number. */
  readonly made: ReadonlyMap<number, FileIdentity & { readonly sha256: string }>;
  /** The files that `write-file` steps replaced, as they lie in the trash, by step number. */
  readonly replaced: ReadonlyMap<number, KeptFile>;
  /** The files that `move-file` steps put into the trash and that were packed there since, packed, by step number. */
  readonly packed: ReadonlyMap<number, KeptFile>;
  /** What the operation made of the index; undefined if it did not write it. */
  readonly index: WrittenIndex | undefined;
  /** True if the index is the very one that the operation was planned for: every row is what it was before it. */
  readonly isIndexAsBefore: boolean;
  /** The index as it is now. */
  readonly present: IndexDocument | UnreadableIndex;
  /** What is at a path relative to the sessions directory now. */
  readonly factOf: (name: string) => FileFact | undefined;
  readonly references: UndoReferences;
  /** The sha256 (lower-case hex) of the file that is there now; undefined if there is none. Asked only of a file that may be another one. */
  readonly sha256Of: (name: string) => string | undefined;
}

/** Which files of the sessions directory are needed, and by whom: names that are there, or were before the operation. */
export interface UndoReferences {
  /** Session key -> files that its row in the present index references. */
  readonly present: ReadonlyMap<string, readonly string[]>;
  /** Session key -> files that its row in the index before the operation references. */
  readonly before: ReadonlyMap<string, readonly string[]>;
  /** Files that something other than a row of this index needs. */
  readonly elsewhere: ReadonlySet<string>;
  /** Names that later operations took away, and that are not there. */
  readonly leftSince: ReadonlySet<string>;
  /** Transcripts that were written after the operation had ended. */
  readonly writtenSince: ReadonlySet<string>;
}

/** A file in the trash, with the mode and time that the file has which it stands for. */
export interface KeptFile extends SourceFile {
  readonly mode: number;
  readonly mtimeNs: bigint;
}

/** An index before and after an operation. */
export interface WrittenIndex {
  /** Absolute path of the copy that the operation kept. */
  readonly path: string;
  readonly mtimeNs: bigint;
  /** What a repair found may be no index that can be read; undefined if there was none. */
  readonly before: IndexDocument | UnreadableIndex | undefined;
  readonly after: IndexDocument | UnreadableIndex;
}

/** A row that can't be taken back: it is not as the operation left it, its transcript stays, or another row has got its label. */
export interface RowConflict {
  readonly kind: "row";
  readonly key: string;
  readonly why: "changed-since" | "taken" | "label-taken" | "transcript-stays";
}

/** A file that can't be taken back: it is not as the operation left it, or a session stays that needs it. */
export interface FileConflict {
  readonly kind: "file";
  readonly path: string;
  readonly why: "changed-since" | "taken" | "gone" | "session-stays";
}

/** Something that can't be taken back. */
export type UndoConflict = RowConflict | FileConflict;
