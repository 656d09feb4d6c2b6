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
  const { base, threadId } = splitThread(split.rest);
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

/** Cuts at the last `thread` that an id follows. */
function splitThread(rest: readonly string[]): { base: readonly string[]; threadId: string | undefined } {
  const word = rest.findLastIndex(
    (segment, index) => index < rest.length - 1 && segment.toLowerCase() === "thread",
  );
  if (word === -1) return { base: rest, threadId: undefined };
  const id = rest.slice(word + 1).join(":");
  return { base: rest.slice(0, word), threadId: id.trim() };
}

/** What machines make: told by the first word, whatever follows. */
function parseAutomaticForm(base: readonly string[]): SessionKeyForm | undefined {
  const [head, first, second, third] = base;
  if (first === undefined) return undefined;
  if (head === "cron") return { form: "cron", jobId: first, runId: second === "run" ? third : undefined };
  if (head === "acp" || head === "hook" || head === "node") {
    return { form: head, id: base.slice(1).join(":") };
  }
  if (head !== "subagent") return undefined;
  const last = base.lastIndexOf("subagent", base.length - 2);
  const depth = base.slice(0, -1).filter((segment) => segment === "subagent").length;
  return { form: "subagent", id: base.slice(last + 1).join(":"), depth };
}

function parseHeartbeatForm(rest: readonly string[]): SessionKeyForm | undefined {
  const word = rest.findIndex((segment, index) => index > 0 && segment.toLowerCase() === "heartbeat");
  if (word !== -1) return { form: "heartbeat", base: rest.slice(0, word).join(":") };
  const [only] = rest;
  if (rest.length === 1 && only === "heartbeat") return { form: "heartbeat", base: undefined };
  const prefix = "heartbeat-recovered-";
  if (rest.length === 1 && only?.startsWith(prefix) === true) {
    return { form: "heartbeat-recovered", stamp: only.slice(prefix.length) };
  }
  return undefined;
}

/** `dm:main` is what Clodds 1.7 calls the main session. */
function isMainRest(base: readonly string[], mainKey: string | undefined): boolean {
  const text = base.length === 1 ? base[0] : base.join(":");
  if (text === "main" || text === "dm:main") return true;
  return mainKey !== undefined && mainKey !== "main" && text === normalizeMainKey(mainKey);
}

function parseNamedForm(base: readonly string[]): SessionKeyForm | undefined {
  const [head] = base;
  if (base.length < 2 || (head !== "dashboard" && head !== "explicit")) return undefined;
  return { form: head, id: base.slice(1).join(":") };
}
