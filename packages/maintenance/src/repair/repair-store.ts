import {
  type DamagedRow,
  type FileDecision,
  type IndexFailure,
  type PlanStore,
  type RequiredFile,
  scanStore,
  type SpliceEdit,
  type Step,
  type StoreSnapshot,
  type StoreTarget,
} from "@sessionsmith/core";
import { withRowsOnly } from "./open-missing-store.ts";
import type { Mend, Unmended } from "./repair-domain.ts";
import type { RepairRequest } from "./repair-request.ts";
import type { RowTrail } from "./row-edit.ts";

/** A store on its way through the domains of a repair: as it is, and as it will be by what is planned so far. */
export interface RepairStore {
  readonly target: StoreTarget;
  readonly base: RepairBase;
  /** Edits on the bytes of the index as it is, which make the index of `snapshot`. */
  readonly edits: readonly SpliceEdit[];
  /** The store with the index that is planned so far. */
  readonly snapshot: StoreSnapshot;
  /** What became of each row, by the key that it has by now. */
  readonly trails: ReadonlyMap<string, RowTrail>;
  /** Rows that go to other stores. */
  readonly leaving: readonly RowTrail[];
  readonly requires: readonly RequiredFile[];
  readonly steps: readonly Step[];
  readonly files: readonly FileDecision[];
  readonly mends: readonly Mend[];
  readonly unmended: readonly Unmended[];
}

/** The index as it is. */
export interface RepairBase {
  readonly store: PlanStore;
  /** `absent`: missing beside transcripts. `missing`: there is no such store yet. */
  readonly state: "absent" | "missing" | "readable" | "unreadable";
  readonly failure: IndexFailure | undefined;
  /** True if rows may have been lost: the index is absent, or more was left out of it than what stands between rows. */
  readonly lossy: boolean;
  /** Rows of an index that can't be read whose keys can be read, and maybe some fields. */
  readonly damaged: readonly DamagedRow[];
  /** Rows that count before the repair; undefined if the index can't be read. */
  readonly rows: number | undefined;
}

/** A store with another index, and what it then holds. */
export function withIndex(
  store: RepairStore,
  { host, now }: Pick<RepairRequest, "host" | "now">,
  index: Pick<RepairStore, "edits"> & Pick<StoreSnapshot, "document">,
): RepairStore {
  const { document, edits } = index;
  if (store.base.state === "missing")
    return { ...store, edits, snapshot: withRowsOnly(store.snapshot, document) };
  const { fingerprint } = store.snapshot;
  const snapshot = scanStore(host, store.target, { nowMs: now, index: { document, fingerprint } });
  return { ...store, edits, snapshot };
}

/** A store with more that is planned for it, or was found not to be mended. */
export function withPlanned(
  store: RepairStore,
  { steps = [], files = [], mends = [], unmended = [] }: Partial<Planned>,
): RepairStore {
  return {
    ...store,
    steps: [...store.steps, ...steps],
    files: [...store.files, ...files],
    mends: [...store.mends, ...mends],
    unmended: [...store.unmended, ...unmended],
  };
}

type Planned = Pick<RepairStore, "files" | "mends" | "steps" | "unmended">;
