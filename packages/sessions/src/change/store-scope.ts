import type { StateScope, StoreTarget } from "@sessionsmith/core";
import type { EngineHost } from "@sessionsmith/core/engine";

/** A store whose sessions may be changed, the machine that it is on, and what its sessions are judged by. */
export interface StoreScope extends StateScope {
  readonly host: EngineHost;
  readonly target: StoreTarget;
}
