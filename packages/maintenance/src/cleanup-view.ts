import { parseRow } from "@sessionsmith/core";
import type { JsonObject, RowFacts, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import type { StoreFacts } from "./store-facts.ts";
import { useOf } from "./in-use.ts";
import type { Use } from "./in-use.ts";
import { protectionByEntry, protectionByFacts, protectionContext } from "./protect.ts";
import type { Protection } from "./protect.ts";

/** What a pass sees of one store. */
export interface CleanupView {
  readonly snapshot: StoreSnapshot;
  readonly facts: StoreFacts;
  readonly policy: CleanupPolicy;
  /** Epoch ms; the only clock of a plan. */
  readonly now: number;
  /** The rows that may be judged and that no earlier pass took, in file order. */
  readonly rows: readonly RowFacts[];
  /** Why the policy keeps a row whatever a rule says. The row is parsed only if nothing else settles it. */
  readonly protectionOf: (facts: RowFacts) => Protection | undefined;
  /** Whether a row is in use now, whatever the policy. */
  readonly inUse: (facts: RowFacts) => Use | undefined;
  /** The value of a row that may be judged. */
  readonly entryOf: (facts: RowFacts) => JsonObject;
}

/** What a view is made of. */
export type CleanupBase = Omit<CleanupView, "entryOf" | "inUse" | "protectionOf">;

/** The view that the first pass gets. */
export function openCleanupView(base: CleanupBase): CleanupView {
  const { snapshot, policy, now } = base;
  const context = protectionContext(snapshot, policy, now);
  const entryOf = (facts: RowFacts): JsonObject => parseJudged(facts, snapshot);
  const protectionOf = (facts: RowFacts): Protection | undefined =>
    protectionByFacts(facts, context) ?? protectionByEntry(facts, entryOf(facts), context);
  const inUse = (facts: RowFacts): Use | undefined => useOf(facts, entryOf(facts), context);
  return { ...base, protectionOf, inUse, entryOf };
}

function parseJudged({ row }: RowFacts, { document }: StoreSnapshot): JsonObject {
  const entry = parseRow(document, row);
  if (entry === undefined) throw new Error(`row at byte ${row.keyRange.start} must not be judged`);
  return entry;
}
