import type { MendableTranscript } from "@sessionsmith/core";

/** The kinds of trouble that mending takes away, with the stable word for what it does. */
const mendWords: ReadonlyMap<MendableTranscript["troubles"][number]["id"], string> = new Map([
  ["transcript-empty", "header-made"],
  ["transcript-header-missing", "header-made"],
  ["transcript-header-damaged", "header-made"],
  ["transcript-header-second", "header-set-aside"],
  ["transcript-torn-tail", "tail-set-aside"],
  ["transcript-unterminated", "line-ended"],
  ["transcript-nul-bytes", "nul-bytes-set-aside"],
  ["transcript-glued-records", "records-split"],
  ["transcript-line-damaged", "lines-set-aside"],
  ["transcript-line-not-utf8", "lines-set-aside"],
  ["transcript-crlf", "line-ends-unified"],
  ["transcript-duplicate-id", "duplicate-ids-settled"],
  ["transcript-parent-missing", "parents-linked"],
  ["transcript-call-unanswered", "results-added"],
]);

/** What mending does about a kind of trouble; undefined if it leaves it as it is. */
export function mendWord(id: MendableTranscript["troubles"][number]["id"]): string | undefined {
  return mendWords.get(id);
}
