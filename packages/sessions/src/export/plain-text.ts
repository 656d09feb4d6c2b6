/** Characters that move a cursor, or turn the direction of what follows; line feeds and tabs stay. */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text that shows what it is: characters that only steer a terminal or the direction of text become `\ufffd`. */
export function plainText(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(unsafe, (character) => (character === "\n" || character === "\t" ? character : "\ufffd"));
}

/** {@link plainText} on one line. */
export function plainLine(text: string): string {
  return plainText(text).replaceAll(/[\n\t]/g, " ");
}
