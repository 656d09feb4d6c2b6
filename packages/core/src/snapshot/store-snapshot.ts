import type { Finding } from "../findings/finding.ts";
import type { StoreEra } from "../layout/era.ts";
import type { StoreTarget } from "../layout/store-target.ts";
import type { IndexDocument } from "../session-index/index-document.ts";
import type { IndexFingerprint } from "../session-index/index-fingerprint.ts";
import type { ReferenceGraph } from "./reference-graph.ts";
import type { RowFacts } from "./row-facts.ts";
import type { StoreFile } from "./store-file.ts";

/** Everything that a planner may know of one store: read once, never written. */
export interface StoreSnapshot {
  readonly target: StoreTarget;
  /** The sessions directory with links resolved; every file name below is relative to it. */
  readonly realDir: string;
  readonly era: StoreEra;
  readonly document: IndexDocument;
  readonly fingerprint: IndexFingerprint;
  /** Counted rows in file order; shadowed rows are only in `document.rows`. */
  readonly rows: readonly RowFacts[];
  /**
   * Every entry of the directory but the index itself and `.sessionsmith`, by name, in name order; after `addPromptBlobs`
   * also the prompts of skills, by their paths.
   */
  readonly files: ReadonlyMap<string, StoreFile>;
  readonly references: ReferenceGraph;
  /** Names of the transcript locks that somebody holds. */
  readonly heldLocks: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}
