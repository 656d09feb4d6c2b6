import type { PlanPart, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupError } from "./cleanup-report.ts";

/** Why a file stays although its rows leave, where that is not in order: a person has to look. */
const troubles: ReadonlyMap<string, string> = new Map([
  ["references-unknown", "something that may need them can't be read"],
  ["not-a-regular-file", "they are no regular files"],
  ["hard-linked", "they have another name elsewhere"],
]);

/** Tells of the files that rows leave behind which a plan takes away: one error a reason, with how many there are. */
export function leftBehind({ files }: PlanPart, { references }: StoreSnapshot): readonly CleanupError[] {
  return [...troubles].flatMap(([reason, why]): readonly CleanupError[] => {
    const { length } = files.filter(
      ({ action, pass, reasons }) => action === "keep" && pass === "row" && reasons.includes(reason),
    );
    if (length === 0) return [];
    const [unread] = reason === "references-unknown" ? references.unread : [];
    const what = `${length} ${length === 1 ? "file" : "files"} of sessions that leave stay where they are: ${why}`;
    const message = `${what} (${unread ?? reason})`;
    return [{ key: null, sessionId: null, code: "E_PARTIAL", message }];
  });
}
