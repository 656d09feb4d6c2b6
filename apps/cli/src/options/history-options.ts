import { anyText } from "./parsers.ts";
import type { ValueSpec } from "./option-spec.ts";

/** Only what ended since a moment, or within a duration before now. */
export const sinceOption: ValueSpec<string> = {
  kind: "value",
  flags: "--since <moment>",
  description:
    "only sessions that ended since then (ISO 8601 with a zone, epoch ms, or a duration like 7d before now)",
  parse: anyText("--since"),
};
