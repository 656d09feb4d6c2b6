import { StoreError } from "../store-error.ts";
import type { Recipes } from "../plan/recipe.ts";
import type { EngineHost } from "./engine-host.ts";
import { openOperationIds } from "./open-operations.ts";
import { operationError } from "./operation-error.ts";
import { type RecoveredOperation, recoverStore } from "./recover.ts";
import type { HeldLock } from "./store-lock.ts";
import { type LockRequest, withLocks } from "./with-locks.ts";

/** Which stores to recover and lock, and whom to tell. */
export interface SoundStoresRequest extends LockRequest {
  /** The recipes that an interrupted operation may have named. */
  readonly recipes?: Recipes;
  readonly onRecovered?: (recovered: RecoveredOperation) => void;
}

const mostTries = 5;

/**
 * Works under the locks of stores on which no operation is open. Interrupted ones are finished or taken back first, and looked for
 * again once the locks are ours: until then another process may have begun one, and died.
 * @throws StoreError E_LOCKED; E_JOURNAL_PENDING for an operation that can't be recovered; E_IO
 */
export async function withSoundStores<T>(
  host: EngineHost,
  request: SoundStoresRequest,
  work: (locks: readonly HeldLock[]) => T | Promise<T>,
): Promise<T> {
  const { dirs, timeoutMs, recipes, onRecovered } = request;
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    for (const dir of dirs) {
      const options = { lockTimeoutMs: timeoutMs, ...(recipes === undefined ? {} : { recipes }) };
      // oxlint-disable-next-line no-await-in-loop -- stores are recovered one by one
      for (const recovered of await recoverStore(host, dir, options)) onRecovered?.(recovered);
    }
    // oxlint-disable-next-line no-await-in-loop -- one try after the other
    const outcome = await withLocks(host, { dirs, timeoutMs }, async (locks) =>
      areSound(host, dirs) ? { result: await work(locks) } : undefined,
    );
    if (outcome !== undefined) return outcome.result;
  }
  throw new StoreError(
    "E_JOURNAL_PENDING",
    `Other processes were interrupted in ${dirs.join(", ")} again and again. Nothing was changed.`,
    { hint: "Find out what starts and ends there, then try again.", details: { paths: [...dirs] } },
  );
}

function areSound({ fs }: EngineHost, dirs: readonly string[]): boolean {
  try {
    return dirs.every((dir) => openOperationIds(fs, dir).length === 0);
  } catch (error) {
    throw operationError(error, "untouched");
  }
}
