import { StoreError } from "../store-error.ts";

/** Which stores a command is pointed at: the selection flags, which are the same for every command. */
export interface StoreSelection {
  /** Absolute path of the state directory. */
  readonly stateDir: string;
  /** `--store`: path of an index, or of a directory that holds a `sessions.json`. */
  readonly store?: string | undefined;
  /** `--agent` */
  readonly agent?: string | undefined;
  /** `--all-agents`: every configured agent. */
  readonly allAgents?: boolean | undefined;
  /** `--discovered`: also stores of agents that are only on the disk. */
  readonly discovered?: boolean | undefined;
}

/** Throws a StoreError E_USAGE for flags that exclude each other. */
export function requireOneSelection(selection: StoreSelection): void {
  const { store, agent, allAgents = false, discovered = false } = selection;
  if (store !== undefined && (agent !== undefined || allAgents || discovered)) {
    throw new StoreError("E_USAGE", "--store can't be combined with --agent, --all-agents or --discovered.", {
      hint: "--store names one store; leave the others out.",
    });
  }
  if (agent !== undefined && (allAgents || discovered)) {
    throw new StoreError("E_USAGE", "--agent can't be combined with --all-agents or --discovered.", {
      hint: "--agent names one agent, configured or on the disk; leave the others out.",
    });
  }
}
