import type { ProcessTable } from "./process-table.ts";
import type { ReadFs } from "./read-fs.ts";

/** All that the product takes from the machine around it; tests pass their own. */
export interface Host {
  readonly fs: ReadFs;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly processes: ProcessTable;
  /** The operating system's idea of the home directory, used when no environment variable names one. */
  readonly homeDir: string;
  /** The directory that relative paths start from. */
  readonly cwd: string;
}

/** The wall clock. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

/** Random names. */
export interface IdSource {
  /** A random UUID, version 4, lower case. */
  uuid(): string;
}
