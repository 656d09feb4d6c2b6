/** What a session key says, taken apart by `parseSessionKey`. Texts are in canonical case. */
export type SessionKey = SessionKeyFrame & SessionKeyForm;

/** What every key has, whatever its form. */
export interface SessionKeyFrame {
  /** The key as it was given. */
  readonly key: string;
  /** The id after `agent:`, or undefined for a key that belongs to no agent by itself. */
  readonly agentId: string | undefined;
  /** What follows `agent:<id>:`; for any other key all of it. */
  readonly rest: string;
  /** What follows the last `:thread:`. */
  readonly threadId: string | undefined;
  /** The forum topic of a Telegram conversation (`…:topic:<n>`). */
  readonly topicId: string | undefined;
}

/** The forms of a key (OpenClaw 2026.5.28 store format, its older forms, and the `dm` dialect of its relatives). */
export type SessionKeyForm =
  /** The shared session of an agent; with `threadId` a thread that hangs on it. */
  | { readonly form: "main" }
  | DirectForm
  | ConversationForm
  /** `cron:<job>`, and `cron:<job>:run:<run>` for one run. */
  | { readonly form: "cron"; readonly jobId: string; readonly runId: string | undefined }
  /** `id` is what follows the last `subagent:`; `depth` counts them: 1 for a child of a session, 2 for its child. */
  | { readonly form: "subagent"; readonly id: string; readonly depth: number }
  | { readonly form: "acp" | "hook" | "node" | "dashboard" | "explicit"; readonly id: string }
  /** `<base>:heartbeat` or `heartbeat` alone; `base` is the rest before that word. */
  | { readonly form: "heartbeat"; readonly base: string | undefined }
  /** `heartbeat-recovered-<stamp>`: a main session that a repair moved out of the way. */
  | { readonly form: "heartbeat-recovered"; readonly stamp: string }
  /** A row without an agent: the one session of scope `global`, or the rows that OpenClaw could not attribute. */
  | { readonly form: "sentinel"; readonly name: "global" | "unknown" }
  /** Not a form that this product knows. */
  | { readonly form: "unknown"; readonly why: "empty" | "malformed-agent" | "unrecognised" };

/** A conversation with one person. */
export interface DirectForm {
  readonly form: "direct";
  /** The word that marks it: `direct`, the older `dm`, or none, as in the telephone number `+15550001`. */
  readonly dialect: "direct" | "dm" | "bare";
  readonly channel: string | undefined;
  readonly accountId: string | undefined;
  /** May hold colons (`@ann:example.org`). */
  readonly peer: string;
}

/** A conversation with several people. */
export interface ConversationForm {
  readonly form: "conversation";
  readonly word: "group" | "channel" | "room";
  readonly channel: string | undefined;
  readonly accountId: string | undefined;
  /** May hold colons (`!hall:example.org`). */
  readonly id: string;
}
