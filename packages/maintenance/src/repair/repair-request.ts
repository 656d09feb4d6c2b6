import type { Host, SessionSettings, StoreTarget } from "@sessionsmith/core";
import type { RepairDomain } from "./repair-domain.ts";

/** What is to be repaired, and by which rules. */
export interface RepairRequest {
  readonly host: Host;
  readonly targets: readonly StoreTarget[];
  readonly domains: ReadonlySet<RepairDomain>;
  readonly settings: Pick<SessionSettings, "agents" | "mainKey" | "scope">;
  /** Epoch ms that rows are judged by. */
  readonly now: number;
  /** Throws if a store is not to be written to. */
  readonly requireEra?: (target: StoreTarget) => void;
  /** Told of a store that can't be repaired, and left out; without it, and if it throws, the whole repair fails. */
  readonly onFailed?: (target: StoreTarget, error: unknown) => void;
}
