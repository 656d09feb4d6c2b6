import type { MessagePresence, OrphanClues, StoreSnapshot } from "@sessionsmith/core";

/** What some passes need to know beside the snapshot; read before planning, and only for passes that run. */
export interface StoreFacts {
  /** Name of a transcript -> whether it holds a message. A transcript that is not in it was not looked at. */
  readonly messages: ReadonlyMap<string, MessagePresence>;
  /** Session keys that rows of other indexes name. Needed by `rescope` only. */
  readonly keysNamedElsewhere: ReadonlySet<string>;
  /** Name of a transcript that no row references -> where it comes from. What is not in it was not read, and stays. */
  readonly orphans: ReadonlyMap<string, OrphanClues>;
  readonly trash: TrashFacts;
}

/** What the trash of a store holds; it is read only if there is a disk budget. */
export interface TrashFacts {
  /** Bytes of operations that ended longer ago than the trash keeps them. */
  readonly expiredTrashBytes: number;
  /** Bytes of all operations that are over. */
  readonly reclaimableBytes: number;
}

/** One store as cleanup sees it. */
export interface CleanupStore {
  readonly snapshot: StoreSnapshot;
  /** Left out: nothing beside the snapshot is known. */
  readonly facts?: StoreFacts;
}

/** Nothing is known beside the snapshot. */
export const noFacts: StoreFacts = {
  messages: new Map(),
  keysNamedElsewhere: new Set(),
  orphans: new Map(),
  trash: { expiredTrashBytes: 0, reclaimableBytes: 0 },
};
