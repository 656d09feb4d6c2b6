import { parseSessionKey } from "@sessionsmith/core";
import type { BindingDmScope, DmScope, IdentityLink } from "@sessionsmith/core";

/** What the settings say about the keys of direct messages. */
export type DmRouting = {
  /** `session.dmScope`. */
  readonly scope: DmScope;
  readonly bindings: readonly BindingDmScope[];
  readonly identityLinks: readonly IdentityLink[];
};

/**
 * Tells whether a binding with another scope than `session.dmScope` may have made the key of a direct message: it is for the
 * agent, and for the channel if the key names one. Then nobody can say from the key that the row is stale.
 */
export function isBoundElsewhere(key: string, { scope, bindings }: DmRouting): boolean {
  const parsed = parseSessionKey(key);
  const channel = parsed.form === "direct" ? parsed.channel : undefined;
  return bindings.some(
    (binding) =>
      binding.dmScope !== scope &&
      (binding.agentId === null || binding.agentId === parsed.agentId) &&
      (binding.channel === null || channel === undefined || binding.channel === channel),
  );
}
