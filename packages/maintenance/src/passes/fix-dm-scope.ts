import { isDirectMessageKey, isOpenClawDirectKey, parseSessionKey } from "@sessionsmith/core";
import type { RowFacts } from "@sessionsmith/core";
import type { CleanupPass, Verdict } from "../cleanup-pass.ts";
import type { CleanupView } from "../cleanup-view.ts";
import { isBoundElsewhere } from "../dm-routing.ts";

/**
 * Retires the rows of direct messages that an earlier `session.dmScope` left behind. Only where the scope is `main` now:
 * then every direct message goes to the main session, and nothing comes to a peer's own row any more.
 */
export const fixDmScope: CleanupPass = (view) => {
  if (view.policy.dmRouting.scope !== "main") return [];
  const isLeftBehind = view.policy.preset === "safe" ? isDirect : isDirectForOpenClaw;
  return view.rows.filter((facts) => isLeftBehind(facts, view)).map((facts) => judge(facts, view));
};

function judge(facts: RowFacts, view: CleanupView): Verdict {
  const { key } = facts.row;
  const why = view.policy.preset === "safe" ? whyStays(facts, view) : whyStaysForOpenClaw(facts, view);
  return why === undefined
    ? { key, action: "retire-dm-scope", reasons: ["stale-dm-scope"] }
    : { key, action: "keep", reasons: ["stale-dm-scope", why] };
}

function isDirect({ row }: RowFacts): boolean {
  return isDirectMessageKey(row.key);
}

function whyStays(facts: RowFacts, { policy, protectionOf }: CleanupView): string | undefined {
  if (isBoundElsewhere(facts.row.key, policy.dmRouting)) return "bound-by-route";
  return protectionOf(facts);
}

/** OpenClaw 2026.5.28 looks at the rows of one agent only, and at nothing but the shape of the key. */
function isDirectForOpenClaw({ row }: RowFacts, { snapshot }: CleanupView): boolean {
  return isOpenClawDirectKey(row.key) && parseSessionKey(row.key).agentId === snapshot.target.agentId;
}

/** It protects the active key only as it is spelled in the index; what is in use stays under every preset. */
function whyStaysForOpenClaw(facts: RowFacts, { policy, useOf }: CleanupView): string | undefined {
  return policy.activeKeys.includes(facts.row.key) ? "protected:active-key" : useOf(facts);
}
