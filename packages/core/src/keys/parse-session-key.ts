import { parseConversationForm } from "./parse-conversation-form.ts";
import type { SessionKey, SessionKeyForm } from "./session-key.ts";
import { splitKey, type SplitKey } from "./split-key.ts";

/** What the settings say about keys. */
export interface ParseKeyOptions {
  /** `session.mainKey`; the word `main` is always understood beside it. */
  readonly mainKey?: string | undefined;
}

/**
 * Takes any session key apart. Never throws and never fails: a key of no known form yields `form: "unknown"`.
 * Linear in the length of the key.
 */
export function parseSessionKey(key: string, options: ParseKeyOptions = {}): SessionKey {
  const split = splitKey(key);
  const agentId = split.shape === "agent" ? split.agentId : undefined;
  const rest = split.rest.join(":");
  const { threadId, topicId, form } = parseRest(split, rest, options.mainKey);
  return { key, agentId, rest, threadId, topicId, ...form };
}

/** What the rest of a key says. */
interface ParsedRest {
  readonly form: SessionKeyForm;
  readonly threadId: string | undefined;
  readonly topicId: string | undefined;
}

function parseRest(split: SplitKey, rest: string, mainKey: string | undefined): ParsedRest {
  if (split.shape === "missing") return formAlone({ form: "unknown", why: "empty" });
  if (split.shape === "malformed_agent") return formAlone({ form: "unknown", why: "malformed-agent" });
  if (split.shape === "legacy_or_alias" && (rest === "global" || rest === "unknown")) {
    return formAlone({ form: "sentinel", name: rest });
  }
  const threadAt = threadWordAt(split.rest);
  const base = threadAt === -1 ? split.rest : split.rest.slice(0, threadAt);
  const threadId = threadAt === -1 ? undefined : joinFrom(split.rest, threadAt + 1).trim();
  const automatic = parseAutomaticForm(base);
  if (automatic !== undefined) return { threadId, topicId: undefined, form: automatic };
  const heartbeat = parseHeartbeatForm(split.rest);
  if (heartbeat !== undefined) return formAlone(heartbeat);
  if (isMainRest(base, mainKey)) return { threadId, topicId: undefined, form: { form: "main" } };
  const named = parseNamedForm(base);
  if (named !== undefined) return { threadId, topicId: undefined, form: named };
  const { topicId, form } = parseConversationForm(base);
  return { threadId, topicId, form };
}

function formAlone(form: SessionKeyForm): ParsedRest {
  return { threadId: undefined, topicId: undefined, form };
}

/** The canonical spelling of `session.mainKey`: lower case, no empty segments, `main` if nothing is left. */
export function normalizeMainKey(mainKey: string | undefined): string {
  const segments = (mainKey ?? "").toLowerCase().split(":");
  const words = segments.map((segment) => segment.trim()).filter((segment) => segment !== "");
  return words.join(":") || "main";
}

/** Where the last `thread` stands that an id follows, or -1. */
function threadWordAt(rest: readonly string[]): number {
  let at = rest.length - 2;
  while (at >= 0 && rest[at]?.toLowerCase() !== "thread") at -= 1;
  return Math.max(at, -1);
}

function joinFrom(segments: readonly string[], start: number): string {
  return segments.slice(start).join(":");
}

/** What machines make: told by the first word, whatever follows. */
function parseAutomaticForm(base: readonly string[]): SessionKeyForm | undefined {
  const head = base[0];
  const first = base[1];
  if (first === undefined) return undefined;
  if (head === "cron") {
    return { form: "cron", jobId: first, runId: base[2] === "run" ? base[3] : undefined };
  }
  if (head === "acp" || head === "hook" || head === "node") {
    return { form: head, id: joinFrom(base, 1) };
  }
  if (head !== "subagent") return undefined;
  const last = base.lastIndexOf("subagent", base.length - 2);
  const depth = base.slice(0, -1).filter((segment) => segment === "subagent").length;
  return { form: "subagent", id: joinFrom(base, last + 1), depth };
}

function parseHeartbeatForm(rest: readonly string[]): SessionKeyForm | undefined {
  for (let word = 1; word < rest.length; word += 1) {
    if (rest[word]?.toLowerCase() === "heartbeat") {
      return { form: "heartbeat", base: rest.slice(0, word).join(":") };
    }
  }
  const only = rest[0];
  if (only === undefined || rest.length > 1) return undefined;
  if (only === "heartbeat") return { form: "heartbeat", base: undefined };
  const prefix = "heartbeat-recovered-";
  if (only.startsWith(prefix)) return { form: "heartbeat-recovered", stamp: only.slice(prefix.length) };
  return undefined;
}

/** `dm:main` is what Clodds 1.7 calls the main session. */
function isMainRest(base: readonly string[], mainKey: string | undefined): boolean {
  if (base.length === 1 && base[0] === "main") return true;
  if (base.length === 2 && base[0] === "dm" && base[1] === "main") return true;
  return mainKey !== undefined && mainKey !== "main" && base.join(":") === normalizeMainKey(mainKey);
}

function parseNamedForm(base: readonly string[]): SessionKeyForm | undefined {
  const head = base[0];
  if (base.length < 2 || (head !== "dashboard" && head !== "explicit")) return undefined;
  return { form: head, id: joinFrom(base, 1) };
}
