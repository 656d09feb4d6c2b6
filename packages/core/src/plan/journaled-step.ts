import type { MoveFileStep, Step } from "./step.ts";

/** A step as the journal keeps it: what the plan left open until the operation began is decided. */
export type JournaledStep = Exclude<Step, MoveFileStep> | JournaledMove;

/** A move with its final name. */
export interface JournaledMove extends Omit<MoveFileStep, "to"> {
  /** Relative to the sessions directory. */
  readonly to: string;
  /** True if the directory that it goes to may have to be made. */
  readonly makesDirs?: true;
}
