import { normalizeAgentId } from "./agent-id.ts";
import { parseConversationForm } from "./parse-conversation-form.ts";
import { normalizeMainKey } from "./parse-session-key.ts";
import { splitKey } from "./split-key.ts";

/** What the canonical spelling depends on. */
export interface CanonicalKeyOptions {
  /** The agent whose store the key stands in; it gets the keys that name no agent. */
  readonly agentId: string;
  /** `session.mainKey`. */
  readonly mainKey?: string | undefined;
  /** `session.scope`: with `global` every main session is the key `global`. */
  readonly scope?: "per-sender" | "global" | undefined;
  /** True if no agent called `main` is configured: then `agent:main:main` means the main session of `agentId`. */
  readonly mainAgentMissing?: boolean | undefined;
}

/**
 * The spelling under which OpenClaw 2026.5.28 keeps a session: canonical case, no empty segments, the aliases of the main
 * session resolved, and keys without an agent put under `agent:<agentId>:`. Idempotent. Text without any segment yields
 * an empty string; a malformed `agent:` key keeps its segments.
 */
export function canonicalizeSessionKey(key: string, options: CanonicalKeyOptions): string {
  const split = splitKey(key);
  const rest = split.rest.join(":");
  if (split.shape === "missing") return "";
  if (split.shape === "malformed_agent") return `agent:${rest}`;
  const storeAgentId = normalizeAgentId(options.agentId);
  const mainKey = normalizeMainKey(options.mainKey);
  const isMain = rest === "main" || rest === mainKey;
  if (split.shape === "legacy_or_alias") {
    if (rest === "global" || rest === "unknown") return rest;
    return isMain
      ? mainSessionKey(storeAgentId, mainKey, options)
      : `agent:${storeAgentId}:${scopedRest(split.rest)}`;
  }
  if (!isMain) return `agent:${split.agentId}:${rest}`;
  const isForStoreAgent = split.agentId === "main" && options.mainAgentMissing === true;
  return mainSessionKey(isForStoreAgent ? storeAgentId : split.agentId, mainKey, options);
}

function mainSessionKey(agentId: string, mainKey: string, options: CanonicalKeyOptions): string {
  return options.scope === "global" ? "global" : `agent:${agentId}:${mainKey}`;
}

/** A group or channel without a channel gets `unknown`, or `whatsapp` if its id is the address of a WhatsApp group. */
function scopedRest(rest: readonly string[]): string {
  const text = rest.join(":");
  const { form: parsed } = parseConversationForm(rest);
  if (parsed.form !== "conversation") return text;
  if (rest[0] === "group" || rest[0] === "channel") return `${parsed.channel ?? "unknown"}:${text}`;
  const isAddress = !rest.includes(parsed.word);
  return isAddress ? `whatsapp:group:${parsed.id}` : text;
}
