import { createHash } from "node:crypto";
import { writeCanonicalJson } from "./canonical-json.ts";
import { viewOf } from "../sequence.ts";
import type { Plan, PlanPart } from "./plan.ts";

/** Characters that are gathered before they are hashed. */
const hashedAtOnce = 64 * 1024;

/** A plan before its digest is known. */
export type PlanDraft = Omit<Plan, "digest">;

/**
 * The identity of what a plan does (docs/invariants.md I4): sha256 in lower-case hex over its canonical JSON.
 * The moment of planning and the ages of rows are left out, so that the same store and rules give the same digest an hour later.
 */
export function planDigest(draft: PlanDraft): string {
  const { schemaVersion, command, policy, parts } = draft;
  const content = { schemaVersion, command, policy, parts: parts.map(withoutAges) };
  const hash = createHash("sha256");
  let pending = "";
  writeCanonicalJson(content, (part) => {
    pending += part;
    if (pending.length < hashedAtOnce) return;
    hash.update(pending);
    pending = "";
  });
  return hash.update(pending).digest("hex");
}

/** Completes a plan with its digest. */
export function sealPlan(draft: PlanDraft): Plan {
  return { ...draft, digest: planDigest(draft) };
}

function withoutAges(part: PlanPart): object {
  const rows = viewOf(part.rows, ({ key, sessionId, action, reasons, change, rowSha256 }) => {
    return { action, change, key, reasons, rowSha256, sessionId };
  });
  return { ...part, rows };
}
