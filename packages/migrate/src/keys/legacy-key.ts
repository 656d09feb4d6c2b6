import { canonicalizeSessionKey, normalizeAgentId, parseSessionKey } from "@sessionsmith/core";

/** What the spelling of keys depends on. */
export interface KeyRules {
  /** The agent of keys that name none. */
  readonly agentId: string;
  /** `session.mainKey`. */
  readonly mainKey?: string | undefined;
}

/** Bytes of a key that a row may have (docs/invariants.md I8). */
const keyLimitBytes = 1024;

/**
 * Spells a key of a legacy store as OpenClaw 2026.5.28 does: canonical case, `direct` for `dm`, the agent in front.
 * Undefined for text that is no key.
 */
export function modernKey(key: string, { agentId, mainKey }: KeyRules): string | undefined {
  const canonical = canonicalizeSessionKey(withDirect(key), { agentId, mainKey });
  if (canonical === "" || Buffer.byteLength(canonical) > keyLimitBytes) return undefined;
  return canonical;
}

/** The agent whose store a key belongs in. */
export function agentOfKey(key: string, { agentId }: KeyRules): string {
  return normalizeAgentId(parseSessionKey(key).agentId ?? agentId);
}

/** A segment `dm`; few keys have one, and only they have to be taken apart. */
const dmSegment = /(?:^|:)dm(?:$|:)/i;

function withDirect(key: string): string {
  if (!dmSegment.test(key)) return key;
  const parsed = parseSessionKey(key);
  if (parsed.form !== "direct" || parsed.dialect !== "dm") return key;
  const segments = key.split(":");
  const at = segments.findIndex((segment) => segment.toLowerCase() === "dm");
  return at === -1 ? key : segments.with(at, "direct").join(":");
}
