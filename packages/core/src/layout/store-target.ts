/** One store that a command was pointed at, not yet read. */
export interface StoreTarget {
  /** Absolute path of the index, as the operator or the settings name it; where that is a symbolic link, what it leads to. */
  readonly indexPath: string;
  /** Absolute path of the directory that holds the index and the transcripts. */
  readonly sessionsDir: string;
  /** The agent whose rows are meant; for `--store` the agent that the path tells, else the default agent. */
  readonly agentId: string;
  /** How it was found. */
  readonly origin: "store-flag" | "configured" | "discovered";
  /** True if rows of several agents share this index (a `session.store` without `{agentId}`). */
  readonly shared: boolean;
  /** Set if `--agent` picked one agent of a shared index: only rows of `agentId` are judged and shown. */
  readonly onlyAgentRows?: true;
  /** The symbolic link that was named, if the index was found through one. */
  readonly linkedFrom?: string;
}
