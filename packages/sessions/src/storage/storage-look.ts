import type { StoreSnapshot } from "@sessionsmith/core";
import type { EngineHost } from "@sessionsmith/core/engine";

/** A store at the moment at which a change of it is planned. */
export interface StorageLook {
  readonly host: EngineHost;
  readonly snapshot: StoreSnapshot;
  /** Epoch ms. */
  readonly now: number;
}
