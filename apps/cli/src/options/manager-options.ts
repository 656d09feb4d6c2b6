import { dmScopes } from "@sessionsmith/core";
import type { DmScope } from "@sessionsmith/core";
import { anyText, oneOf, wholeNumber } from "./parsers.ts";
import type { ValueSpec } from "./option-spec.ts";

/** The name of a checkpoint's description. */
export const descriptionOption: ValueSpec<string> = {
  kind: "value",
  flags: "--description <text>",
  description: "with save: what the checkpoint is for",
  parse: anyText("--description"),
};

/** A time of day at which sessions give way to new ones. */
export const dailyResetOption: ValueSpec<string> = {
  kind: "value",
  flags: "--daily-reset <time>",
  description: "judge by this hour, 0 to 23, or H:MM, in place of what the store remembers; off for none",
  parse: anyText("--daily-reset"),
};

/** Minutes without a message after which sessions give way to new ones. */
export const idleResetOption: ValueSpec<string> = {
  kind: "value",
  flags: "--idle-reset <minutes>",
  description:
    "judge by this many minutes without a message, in place of what the store remembers; off for none",
  parse: anyText("--idle-reset"),
};

/** The zone of the time of day. */
export const timeZoneOption: ValueSpec<string> = {
  kind: "value",
  flags: "--time-zone <zone>",
  description:
    "the time zone of the daily hour, like Europe/Berlin (default: the store's, else the system's)",
  parse: anyText("--time-zone"),
};

/** Who says a line of a chat. */
export const userOption: ValueSpec<string> = {
  kind: "value",
  flags: "--user <id>",
  description: "the user who says it (default: user)",
  parse: anyText("--user"),
};

/** Where a line of a chat is said. */
export const channelOption: ValueSpec<string> = {
  kind: "value",
  flags: "--channel <id>",
  description: "the channel in which it is said (default: cli)",
  parse: anyText("--channel"),
};

/** The scope of the bot's sessions. */
export const scopeOption: ValueSpec<DmScope> = {
  kind: "value",
  flags: "--scope <scope>",
  description: `${dmScopes.join(", ")} (default: per-channel-peer); what the store remembers wins`,
  parse: oneOf("--scope", dmScopes),
};

/** How many sessions are shown. */
export const freshnessLimitOption: ValueSpec<number> = {
  kind: "value",
  flags: "--limit <n>",
  description: "show at most n sessions of each store, the newest (default: 100)",
  parse: wholeNumber("--limit", 1),
};
