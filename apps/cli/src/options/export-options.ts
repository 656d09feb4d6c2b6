import { anyText, oneOf } from "./parsers.ts";
import type { FlagSpec, ValueSpec } from "./option-spec.ts";

/** What sessions can be written down as. */
export const exportFormatWords = ["json", "jsonl", "csv", "markdown", "html", "bytesagain"] as const;

/** The form of an export. */
export const exportFormatOption: ValueSpec<(typeof exportFormatWords)[number]> = {
  kind: "value",
  flags: "--format <name>",
  description: `${exportFormatWords.join(", ")} (default: json)`,
  parse: oneOf("--format", exportFormatWords),
};

/** Where an export is written. */
export const outputOption: ValueSpec<string> = {
  kind: "value",
  flags: "--output <file>",
  description: "write to this new file (mode 0600) instead of stdout",
  parse: anyText("--output"),
};

/** Without secrets. */
export const redactOption: FlagSpec = {
  kind: "flag",
  flags: "--redact",
  description: "mask keys, tokens and passwords as far as they can be told; such an export can't be imported",
};

/** Replaces the file that `--output` names. */
export const forceOutputOption: FlagSpec = {
  kind: "flag",
  flags: "--force",
  description: "let --output replace a file that exists",
};
