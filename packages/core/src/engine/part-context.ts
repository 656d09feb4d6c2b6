import type { HeldFiles } from "../disk/held-files.ts";
import type { FileIdentity } from "../plan/step.ts";
import type { Recipes } from "../plan/recipe.ts";
import type { EngineHost } from "./engine-host.ts";
import type { StagedRecord } from "./journal-record.ts";
import type { OperationPaths } from "./operation-paths.ts";
import type { StagedFiles } from "./staged-files.ts";

/** What a step works with: one part of one operation. */
export interface PartContext {
  readonly host: EngineHost;
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  /** Who owns the sessions directory; new files become theirs. */
  readonly owner: { readonly uid: number; readonly gid: number };
  readonly operationId: string;
  /** Epoch ms at which the operation began. */
  readonly startedAt: number;
  readonly paths: OperationPaths;
  /** Absolute path of the index. */
  readonly indexPath: string;
  /** The index that the operation was planned for; null if there was none. */
  readonly indexBefore: IndexIdentity | null;
  readonly recipes: Recipes;
  /** What new content was made from last. */
  readonly held: HeldFiles;
  /** New content that lies ready, and that the journal knows of, by step number. */
  readonly staged: StagedFiles;
  /** Paths of new content that lies ready, and that nobody has begun to bring to stable storage. */
  readonly unsynced: string[];
  /** What is being brought there; each says what went wrong, if anything did. */
  readonly syncing: Promise<{ readonly reason: unknown } | undefined>[];
  /** New content that lies ready, and that the journal does not know of yet. */
  readonly unjournaled: StagedRecord[];
  /** The directories that it lies in, beside the operation's own. */
  readonly stagedIn: Set<string>;
  /** Directories whose names have changed since the last sync. */
  readonly touched: Set<string>;
  /** What could not be done after the switch, one sentence each. */
  readonly warnings: string[];
  /** True if the operation was interrupted earlier: since then another program may have written the index. */
  readonly isRecovery: boolean;
  /** Tells whether a row of the present index needs the file of this name, or it can't be told. Asked only when that index may be another. */
  readonly isReferenced: (name: string) => boolean;
  /** The same as long as the operation has not switched: even an index with the bytes that it made ready is then that of another program. */
  readonly isReferencedUnswitched: (name: string) => boolean;
}

/** An index as it must still be. */
export interface IndexIdentity extends FileIdentity {
  /** Lower-case hex. */
  readonly sha256: string;
}
