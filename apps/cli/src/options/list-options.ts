import type { RowKind } from "@sessionsmith/core";
import { keyFileOption } from "./key-options.ts";
import { anyText, countOrAll, oneOf, wholeNumber } from "./parsers.ts";
import type { FlagSpec, OptionSpec, ValueSpec } from "./option-spec.ts";

/** Only rows updated lately; minutes, or a duration with its unit. */
export const activeOption: ValueSpec<string> = {
  kind: "value",
  flags: "--active <minutes>",
  description: "only sessions updated in the last so many minutes (a duration like 2h works too)",
  parse: anyText("--active"),
};

/** How many rows; null for all. */
export const limitOption: ValueSpec<number | null> = {
  kind: "value",
  flags: "--limit <n|all>",
  description: "show at most n sessions, newest first (default: 100)",
  parse: countOrAll("--limit"),
};

/** How many of the newest rows to leave out first. */
export const offsetOption: ValueSpec<number> = {
  kind: "value",
  flags: "--offset <n>",
  description: "leave out the n newest first",
  parse: wholeNumber("--offset", 0),
};

/** A piece of text to look for. */
export const searchOption: ValueSpec<string> = {
  kind: "value",
  flags: "--search <text>",
  description: "only sessions with this text in their key, id, label, name or subject (case is ignored)",
  parse: anyText("--search"),
};

/** The label, exactly. */
export const labelOption: ValueSpec<string> = {
  kind: "value",
  flags: "--label <label>",
  description: "only sessions with exactly this label",
  parse: anyText("--label"),
};

/** The key of the parent session. */
export const spawnedByOption: ValueSpec<string> = {
  kind: "value",
  flags: "--spawned-by <key>",
  description: "only sessions spawned by the session with this key",
  parse: anyText("--spawned-by"),
};

/** Every word that `--kind` takes: the fine kinds of a session key, and OpenClaw's `spawn-child`. */
export const kindWords = [
  "main",
  "direct",
  "group",
  "channel",
  "thread",
  "cron",
  "cron-run",
  "subagent",
  "acp",
  "hook",
  "node",
  "heartbeat",
  "dashboard",
  "explicit",
  "global",
  "unknown",
  "spawn-child",
] as const satisfies readonly RowKind[];

/** One kind of session. */
export const kindOption: ValueSpec<(typeof kindWords)[number]> = {
  kind: "value",
  flags: "--kind <kind>",
  description: `only sessions of this kind: ${kindWords.join(", ")}`,
  parse: oneOf("--kind", kindWords),
};

/** Sessions with a lease, by whether it has run out. */
export const statusOption: ValueSpec<"active" | "expired" | "ended"> = {
  kind: "value",
  flags: "--status <active|expired|ended>",
  description:
    "only sessions that are active, or whose lease has expired; or those that ended, as in history",
  parse: oneOf("--status", ["active", "expired", "ended"]),
};

/** The user of a lease. */
export const userOption: ValueSpec<string> = {
  kind: "value",
  flags: "--user <id>",
  description: "only sessions of this user",
  parse: anyText("--user"),
};

/** The `global` row. */
export const includeGlobalOption: FlagSpec = {
  kind: "flag",
  flags: "--include-global",
  description: "show the row with the key global (the default)",
  negated: "leave out the row with the key global",
};

/** The `unknown` row. */
export const includeUnknownOption: FlagSpec = {
  kind: "flag",
  flags: "--include-unknown",
  description: "show the row with the key unknown (the default)",
  negated: "leave out the row with the key unknown",
};

/** Titles, which may need the head of a transcript. */
export const titlesOption: FlagSpec = {
  kind: "flag",
  flags: "--titles",
  description:
    "add a title: the display name, subject or label, else the first words of the first user message",
};

/** Last messages, which need the tail of a transcript. */
export const previewsOption: FlagSpec = {
  kind: "flag",
  flags: "--previews",
  description: "add the beginning of the last message",
};

/** CSV instead of a table. */
export const csvOption: FlagSpec = {
  kind: "flag",
  flags: "--csv",
  description: "CSV on stdout, one line for a session",
};

/** The shapes of other session tools. */
export const listFormats = ["aria", "bytesagain", "openclaw-python"] as const;

/** The JSON of another tool. */
export const formatOption: ValueSpec<(typeof listFormats)[number]> = {
  kind: "value",
  flags: "--format <name>",
  description: `JSON in the shape of another tool: ${listFormats.join(", ")}`,
  parse: oneOf("--format", listFormats),
};

/** Which sessions `list` shows. */
export const listFilterOptions: readonly OptionSpec[] = [
  activeOption,
  limitOption,
  offsetOption,
  searchOption,
  labelOption,
  spawnedByOption,
  kindOption,
  statusOption,
  userOption,
  includeGlobalOption,
  includeUnknownOption,
];

/** What `list` shows of each session, and in which shape. */
export const listShapeOptions: readonly OptionSpec[] = [
  titlesOption,
  previewsOption,
  keyFileOption,
  csvOption,
  formatOption,
];
