import {
  canonicalizeSessionKey,
  normalizeAgentId,
  parseSessionKey,
  type SessionSettings,
} from "@sessionsmith/core";

/** By what the keys of one index are judged. */
export interface KeyRules extends Pick<SessionSettings, "mainKey" | "scope"> {
  /** The agent of the index; of a shared one, the default agent. */
  readonly agentId: string;
  /** True if no agent called `main` is configured. */
  readonly mainAgentMissing: boolean;
  /** The agent that has got another id. */
  readonly rename?: AgentRename | undefined;
}

/** Another id for an agent. */
export interface AgentRename {
  readonly from: string;
  readonly to: string;
}

/**
 * The key under which OpenClaw 2026.5.28 looks for a session: canonical case, with its agent, the aliases of the main session
 * resolved, `direct` for the older `dm`, and the new id of an agent that was renamed. A key that can't be understood stays as it is.
 */
export function wantedKey(key: string, rules: KeyRules): string {
  const { form, agentId } = parseSessionKey(key, rules);
  if (form === "unknown" && agentId === undefined && !/^[\w+@.:-]+$/.test(key)) return key;
  const canonical = withDirect(canonicalizeSessionKey(key, rules), rules);
  if (canonical === "" || parseSessionKey(canonical).agentId === undefined)
    return canonical === "global" || canonical === "unknown" ? canonical : key;
  return renamed(canonical, rules.rename);
}

/** The agent that a key belongs to; undefined for one that belongs to none. */
export function agentOfKey(key: string): string | undefined {
  const { agentId } = parseSessionKey(key);
  return agentId === undefined ? undefined : normalizeAgentId(agentId);
}

function withDirect(key: string, rules: KeyRules): string {
  const parsed = parseSessionKey(key, rules);
  if (parsed.form !== "direct" || parsed.dialect !== "dm") return key;
  const segments = key.split(":");
  const at = segments.indexOf("dm", 2);
  return at < 0 ? key : segments.with(at, "direct").join(":");
}

function renamed(key: string, rename: AgentRename | undefined): string {
  if (rename === undefined || agentOfKey(key) !== rename.from) return key;
  const [word, , ...rest] = key.split(":");
  return [word, rename.to, ...rest].join(":");
}
