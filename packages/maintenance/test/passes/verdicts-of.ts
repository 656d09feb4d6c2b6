import type { MessagePresence } from "@sessionsmith/core";
import type { CleanupPass } from "../../src/cleanup-pass.ts";
import type { CleanupPolicy } from "../../src/cleanup-policy.ts";
import { openCleanupView } from "../../src/cleanup-view.ts";
import { aPolicy } from "../policy-builder.ts";
import { noFacts } from "../../src/store-facts.ts";
import { aSnapshot, now } from "../snapshot-builder.ts";
import type { StoreSketch } from "../snapshot-builder.ts";

/** A store with what its transcripts hold. */
export interface ReadSketch extends StoreSketch {
  /** Name of a transcript -> whether it holds a message. */
  readonly messages?: Readonly<Record<string, MessagePresence>>;
}

/** What one pass says of each row that it has an opinion of, as `<action>: <reasons>`. */
export function verdictsOf(
  pass: CleanupPass,
  sketch: ReadSketch,
  changes: Partial<CleanupPolicy> = {},
): Record<string, string> {
  const snapshot = aSnapshot(sketch);
  const facts = { ...noFacts, messages: new Map(Object.entries(sketch.messages ?? {})) };
  const view = openCleanupView({ snapshot, facts, policy: aPolicy(changes), now, rows: snapshot.rows });
  return Object.fromEntries(
    pass(view).map(({ key, action, reasons }) => [key, `${action}: ${reasons.join(", ")}`]),
  );
}
