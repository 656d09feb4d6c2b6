import type { HeldLock } from "../engine/store-lock.ts";
import { withSoundStores } from "../engine/with-sound-stores.ts";
import { openStorePlace, type StorePlace } from "../snapshot/store-place.ts";
import type { StoreAccess } from "./store-access.ts";
import { inTurn } from "./turns.ts";

/** A store whose lock is ours. */
export interface LockedStore {
  readonly place: StorePlace;
  readonly locks: readonly HeldLock[];
}

/**
 * Works while the lock of a store is ours: it is, or it is waited for. Interrupted operations are finished or taken back first.
 * @throws StoreError E_NOT_FOUND if the sessions directory is not there; E_LOCKED after the timeout, naming the holder;
 * E_JOURNAL_PENDING, E_IO
 */
export async function underLock<T>(
  access: StoreAccess,
  work: (store: LockedStore) => T | Promise<T>,
): Promise<T> {
  const { host, target, lockTimeoutMs: timeoutMs, held } = access;
  const place = openStorePlace(host.fs, target);
  if (held !== undefined) return work({ place, locks: held });
  const { realDir } = place;
  return inTurn(host, { realDir, timeoutMs }, () =>
    withSoundStores(host, { dirs: [realDir], timeoutMs }, (locks) => work({ place, locks })),
  );
}
