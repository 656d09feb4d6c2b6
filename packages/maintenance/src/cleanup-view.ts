import { parseRow } from "@sessionsmith/core";
import type { JsonObject, RowFacts, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupPolicy } from "./cleanup-policy.ts";
import type { StoreFacts } from "./store-facts.ts";
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
}

/** The view that the first pass gets. */
export function openCleanupView(base: Omit<CleanupView, "protectionOf">): CleanupView {
  const { snapshot, policy, now } = base;
  const context = protectionContext(snapshot, policy, now);
  const protectionOf = (facts: RowFacts): Protection | undefined =>
    protectionByFacts(facts, context) ?? protectionByEntry(facts, entryOf(facts, snapshot), context);
  return { ...base, protectionOf };
}

function entryOf({ row }: RowFacts, { document }: StoreSnapshot): JsonObject {
  const entry = parseRow(document, row);
  if (entry === undefined) throw new Error(`row at byte ${row.keyRange.start} must not be judged`);
  return entry;
}
