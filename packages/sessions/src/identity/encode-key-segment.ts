import { StoreError } from "@sessionsmith/core";

/** What stands for itself: no letter that a fold of case would change, and nothing that cuts a key. */
const plain = /^[a-z0-9@+._-]$/;

/**
 * Makes one segment of a session key of any text: small letters, digits and `@ + . _ -` stand for themselves, every other
 * byte of the UTF-8 form is `~` and two hex digits. Two texts never have the same segment, and the fold of case that readers
 * of keys do changes nothing.
 * @param what names the text in errors (`userId`)
 * @throws StoreError E_USAGE for an empty text, or one that is half of a surrogate pair
 */
export function encodeKeySegment(text: string, what: string): string {
  if (text === "") throw new StoreError("E_USAGE", `${what} must not be empty.`);
  if (hasLoneSurrogate(text)) throw new StoreError("E_USAGE", `${what} is not a text that Unicode knows.`);
  return Array.from(text, (char) => (plain.test(char) ? char : escaped(char))).join("");
}

/** The same segment, its first character escaped too: for a text that is a word of the grammar of keys (`direct`, `cron`). */
export function escapeFirst(segment: string): string {
  const first = segment.charAt(0);
  return first === "~" ? segment : escaped(first) + segment.slice(1);
}

function escaped(text: string): string {
  return Array.from(Buffer.from(text, "utf8"), (byte) => `~${byte.toString(16).padStart(2, "0")}`).join("");
}

/** A text that UTF-8 can't carry would come back as another one. */
function hasLoneSurrogate(text: string): boolean {
  return Buffer.from(text, "utf8").toString("utf8") !== text;
}
