import type { PartContext } from "./part-context.ts";

/**
 * How one kind of step is carried out, in phases that the whole operation goes through together:
 * stage all -> prepare all -> commit all -> retire all -> release all. Directories are synced between the phases.
 * Every phase may be run again after a crash, whatever part of it was done before, and must then end in the same state.
 */
export interface StepRunner<S> {
  /** Fails, before anything is written, if the step can't be done as planned. */
  readonly check?: (step: S, context: PartContext, n: number) => void;
  /** Makes new content that many steps may have; the journal learns of it in batches. Nothing that a reader of the store looks at changes. */
  readonly stage?: (step: S, context: PartContext, n: number) => void;
  /** Lays new content ready. Nothing that a reader of the store looks at changes meaning. */
  readonly prepare?: (step: S, context: PartContext, n: number) => void;
  /** Takes `stage` and `prepare` back. Only before any step of the operation committed. */
  readonly rollBack?: (step: S, context: PartContext, n: number) => void;
  /** The switch. */
  readonly commit?: (step: S, context: PartContext, n: number) => void;
  /** Tells, after a crash, whether `commit` happened. */
  readonly isCommitted?: (step: S, context: PartContext, n: number) => boolean;
  /** Gives what is retired its new name. */
  readonly retire?: (step: S, context: PartContext, n: number) => void;
  /** Takes old names away. */
  readonly release?: (step: S, context: PartContext, n: number) => void;
}
