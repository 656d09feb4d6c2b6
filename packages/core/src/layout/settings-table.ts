import { dmScopes } from "../keys/dm-scope.ts";

/**
 * The form of a value.
 * `count`: a positive integer. `port`: 1 to 65535. `duration`: ms, s, m, h, d, a bare number is days. `bytes`: b, kb, mb, gb, tb of 1024, a bare
 * number is bytes. `model`: a name, or an object with the name under `primary`. `links`: an object of lists of texts. `ttl`: seconds or a duration, or `none`.
 * `ignored`: whatever it is, it has no effect.
 */
export type SettingType =
  | "choice"
  | "duration"
  | "duration-or-false"
  | "count"
  | "port"
  | "bytes"
  | "flag"
  | "text"
  | "model"
  | "links"
  | "ttl"
  | "ignored";

/** One key of `openclaw.json` that is read. Plain data: it drives the validation and the generated documentation. */
export interface SettingSpec {
  /** Dotted path; `[]` stands for each item of a list. */
  readonly path: string;
  readonly type: SettingType;
  /** The words that a `choice` may be. */
  readonly choices?: readonly string[];
  /** What holds when the key is absent, in the notation of the file; null if nothing does. */
  readonly default: string | number | boolean | null;
  /** What a bare number means. */
  readonly unit?: "days" | "bytes" | "rows" | "tokens" | "seconds";
  /** What is allowed, as a phrase that ends the sentence "expected …". */
  readonly range: string;
  /** One sentence. */
  readonly summary: string;
}

const durationRange = "a positive duration in ms, s, m, h or d, like 30d or 1d12h; a bare number is days";
const bytesRange = "a positive size in b, kb, mb, gb or tb, like 500mb; a bare number is bytes";

/** Every key that is read from `openclaw.json` (OpenClaw 2026.5.28 settings; the maintenance mode defaults to `warn`). */
export const settingsTable = {
  scope: {
    path: "session.scope",
    type: "choice",
    choices: ["per-sender", "global"],
    default: "per-sender",
    range: '"per-sender" or "global"',
    summary: "Whether senders have sessions of their own, or all share the session `global`.",
  },
  dmScope: {
    path: "session.dmScope",
    type: "choice",
    choices: dmScopes,
    default: "main",
    range: '"main", "per-peer", "per-channel-peer" or "per-account-channel-peer"',
    summary: "How direct messages are split into sessions.",
  },
  identityLinks: {
    path: "session.identityLinks",
    type: "links",
    default: null,
    range: 'names, each with a list of peers like "telegram:123" or "123"',
    summary: "Which peers are one person. Only these are ever brought together by `cleanup --rescope`.",
  },
  mainKey: {
    path: "session.mainKey",
    type: "text",
    default: "main",
    range: "a text that is not empty",
    summary: "The last part of the key of an agent's main session.",
  },
  store: {
    path: "session.store",
    type: "text",
    default: null,
    range: "a path that is not empty",
    summary:
      "Path of the index; `{agentId}` stands for the agent, a leading `~` for the home directory. " +
      "Without it each agent has `agents/<agentId>/sessions/sessions.json` in the state directory.",
  },
  mode: {
    path: "session.maintenance.mode",
    type: "choice",
    choices: ["warn", "enforce"],
    default: "warn",
    range: '"warn" or "enforce"',
    summary: "Whether cleanup only reports what it would do, or does it.",
  },
  pruneAfter: {
    path: "session.maintenance.pruneAfter",
    type: "duration",
    default: "30d",
    unit: "days",
    range: durationRange,
    summary: "Rows whose last update is older than this are stale.",
  },
  pruneDays: {
    path: "session.maintenance.pruneDays",
    type: "count",
    default: null,
    unit: "days",
    range: "a positive whole number",
    summary: "Deprecated form of `pruneAfter`; counts only where that is absent.",
  },
  maxEntries: {
    path: "session.maintenance.maxEntries",
    type: "count",
    default: 500,
    unit: "rows",
    range: "a positive whole number",
    summary: "Rows that one index may hold.",
  },
  resetArchiveRetention: {
    path: "session.maintenance.resetArchiveRetention",
    type: "duration-or-false",
    default: null,
    unit: "days",
    range: `false, or ${durationRange}`,
    summary:
      "How long `.reset.` archives stay; `false` keeps them for ever. Without it they stay as long as `pruneAfter` says.",
  },
  maxDiskBytes: {
    path: "session.maintenance.maxDiskBytes",
    type: "bytes",
    default: null,
    unit: "bytes",
    range: bytesRange,
    summary: "Bytes that a sessions directory may take. Without it there is no limit.",
  },
  highWaterBytes: {
    path: "session.maintenance.highWaterBytes",
    type: "bytes",
    default: null,
    unit: "bytes",
    range: bytesRange,
    summary:
      "Bytes that a sessions directory over its limit is brought down to, never more than `maxDiskBytes`. " +
      "Without it that is 80 % of `maxDiskBytes`.",
  },
  rotateBytes: {
    path: "session.maintenance.rotateBytes",
    type: "ignored",
    default: null,
    range: "anything",
    summary: "Deprecated; has no effect.",
  },
  agentId: {
    path: "agents.list[].id",
    type: "text",
    default: null,
    range: "a text that is not empty",
    summary: "The agent's id; other characters than letters, digits, `_` and `-` become `-`.",
  },
  agentDefault: {
    path: "agents.list[].default",
    type: "flag",
    default: false,
    range: "true or false",
    summary: "Marks the agent that is meant when none is named. Without a mark that is the first one.",
  },
  agentModel: {
    path: "agents.list[].model",
    type: "model",
    default: null,
    range: 'a model name, or an object with a model name under "primary"',
    summary: "The agent's model, shown for rows that name none. Without it `agents.defaults.model` counts.",
  },
  agentContextTokens: {
    path: "agents.list[].contextTokens",
    type: "count",
    default: null,
    unit: "tokens",
    range: "a positive whole number",
    summary: "Size of the agent's context window. Without it `agents.defaults.contextTokens` counts.",
  },
  defaultModel: {
    path: "agents.defaults.model",
    type: "model",
    default: null,
    range: 'a model name, or an object with a model name under "primary"',
    summary: "The model of agents that name none.",
  },
  defaultContextTokens: {
    path: "agents.defaults.contextTokens",
    type: "count",
    default: null,
    unit: "tokens",
    range: "a positive whole number",
    summary: "Size of the context window of agents that name none.",
  },
  gatewayPort: {
    path: "gateway.port",
    type: "port",
    default: 18_789,
    range: "a port number from 1 to 65535",
    summary:
      "The port of OpenClaw's gateway: while it answers, nothing in the state directory is changed. " +
      "`OPENCLAW_GATEWAY_PORT` in the environment wins over it.",
  },
  bindingDmScope: {
    path: "bindings[].session.dmScope",
    type: "choice",
    choices: dmScopes,
    default: null,
    range: '"main", "per-peer", "per-channel-peer" or "per-account-channel-peer"',
    summary: "How direct messages of this route are split into sessions.",
  },
} as const satisfies Record<string, SettingSpec>;

/** Keys of `session` that OpenClaw 2026.5.28 accepts and that say nothing about what may be removed. */
export const unreadSessionKeys = [
  "resetTriggers",
  "idleMinutes",
  "reset",
  "resetByType",
  "resetByChannel",
  "sendPolicy",
  "writeLock",
  "agentToAgent",
  "threadBindings",
] as const;

/** The names that the table knows directly under a path (`session` -> scope, dmScope, …, maintenance). */
export function membersInTable(parent: string): ReadonlySet<string> {
  const below = Object.values(settingsTable)
    .map(({ path }) => path)
    .filter((path) => path.startsWith(`${parent}.`))
    .map((path) => path.slice(parent.length + 1));
  return new Set(below.map((rest) => rest.replace(/(?:\[\])?(?:\..*)?$/, "")));
}
