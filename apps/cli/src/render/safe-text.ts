/**
 * Characters that can move the cursor, colour or reorder a terminal: control characters (C0, DEL, C1), line and
 * paragraph separators, bidirectional overrides and isolates, and halves of surrogate pairs.
 */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Makes stored text harmless for a terminal: every unsafe character is written as an escape (`\x1b`, `\u202e`),
 * everything else stays. The result is one line.
 */
export function safeText(text: string): string {
  return isPlainAscii(text) ? text : text.replace(unsafe, escapeOf);
}

/** Makes a text of several lines harmless for a terminal, and keeps its lines. */
export function safeLines(text: string): string {
  return text.split("\n").map(safeText).join("\n");
}

/** True if the text has only printable ASCII, so that nothing needs escaping and each character is one column wide. */
export function isPlainAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function escapeOf(character: string): string {
  const code = character.charCodeAt(0);
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}
