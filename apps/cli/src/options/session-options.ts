import { kindWords } from "./list-options.ts";
import { anyText, oneOf, wholeNumber } from "./parsers.ts";
import type { FlagSpec, ListSpec, ValueSpec } from "./option-spec.ts";

/** A session, as every command takes it. */
export const sessionArgument = {
  name: "<session>",
  description: "a session key in any spelling, a session id, a label, or a glob over keys that fits one",
} as const;

/** Fields that a patch clears. */
export const clearOption: ListSpec<string> = {
  kind: "list",
  flags: "--clear <field>",
  description: "clear a field; may be given several times",
  parse: anyText("--clear"),
};

/** Fields of a new session. */
export const setOption: ListSpec<string> = {
  kind: "list",
  flags: "--set <field=value>",
  description: "set a field as `patch` does; may be given several times",
  parse: anyText("--set"),
};

/** The key of a new session. */
export const keyOption: ValueSpec<string> = {
  kind: "value",
  flags: "--key <key>",
  description: "its session key (default: agent:<agent>:explicit:<session id>)",
  parse: anyText("--key"),
};

/** The label of a new session. */
export const newLabelOption: ValueSpec<string> = {
  kind: "value",
  flags: "--label <label>",
  description: "its label, 1 to 512 characters, unique in its store",
  parse: anyText("--label"),
};

/** The form of a new session's id. */
export const idFormOption: ValueSpec<"hex12" | "uuid"> = {
  kind: "value",
  flags: "--id-form <form>",
  description: "uuid (the default), or hex12 for 12 hexadecimal digits",
  parse: oneOf("--id-form", ["uuid", "hex12"]),
};

/** A deletion only of rows of a kind. */
export const ifKindOption: ValueSpec<(typeof kindWords)[number]> = {
  kind: "value",
  flags: "--if-kind <kind>",
  description:
    "delete only if the session is of this kind (subagent, after a delegation), else leave it and say so",
  parse: oneOf("--if-kind", kindWords),
};

/** Transcripts into the trash. */
export const toTrashOption: FlagSpec = {
  kind: "flag",
  flags: "--trash",
  description: "move the transcript to the trash instead of an archive beside the index",
};

/** Transcripts stay. */
export const keepTranscriptOption: FlagSpec = {
  kind: "flag",
  flags: "--keep-transcript",
  description: "leave the transcript where it is",
};

/** Lines that a compaction keeps. */
export const maxLinesOption: ValueSpec<number> = {
  kind: "value",
  flags: "--max-lines <n>",
  description:
    "lines to keep at the end, beside the header; more if a tool call would be torn from its result",
  parse: wholeNumber("--max-lines", 1),
};

/** Messages of a preview. */
export const messagesOption: ValueSpec<number> = {
  kind: "value",
  flags: "--messages <n>",
  description: "show at most n messages of each session, 1 to 50 (default: 12)",
  parse: wholeNumber("--messages", 1),
};

/** Characters of a message in a preview. */
export const maxCharsOption: ValueSpec<number> = {
  kind: "value",
  flags: "--max-chars <n>",
  description: "cut each message to n characters, 20 to 2000 (default: 240)",
  parse: wholeNumber("--max-chars", 20),
};

/** What the word of `resolve` is. */
export const resolveAsOption: ValueSpec<"glob" | "key" | "label" | "session-id"> = {
  kind: "value",
  flags: "--as <what>",
  description: "take the word only for a key, session-id, label or glob",
  parse: oneOf("--as", ["key", "session-id", "label", "glob"]),
};
