import type { Host, SessionSettings, StoreTarget } from "@sessionsmith/core";
import type { AgentRename } from "./keys/wanted-key.ts";
import type { PathRebase } from "./paths/rebase-path.ts";
import type { RepairDomain } from "./repair-domain.ts";

/** What is to be repaired, and by which rules. */
export interface RepairRequest {
  readonly host: Host;
  readonly targets: readonly StoreTarget[];
  readonly domains: ReadonlySet<RepairDomain>;
  readonly settings: Pick<SessionSettings, "agents" | "mainKey" | "scope">;
  /** Epoch ms that rows are judged by. */
  readonly now: number;
  /** `--rename-agent`: the agent that has got another id. Both normalised. */
  readonly rename?: AgentRename | undefined;
  /** `--rebase`: the directory that got another path. */
  readonly rebase?: PathRebase | undefined;
  /** The store of an agent, to which rows may be moved; undefined if there is none, or it is not to be touched. */
  readonly storeOf?: (agentId: string) => StoreTarget | undefined;
  /** Absolute paths of all indexes whose rows may need files of these stores. */
  readonly otherIndexPaths?: readonly string[];
  /** Throws if a store is not to be written to. */
  readonly requireEra?: (target: StoreTarget) => void;
  /** Told of a store that can't be repaired, and left out; without it, and if it throws, the whole repair fails. */
  readonly onFailed?: (target: StoreTarget, error: unknown) => void;
}
