/** Characters that are legal in JSON but can drive a terminal; they only occur inside strings. */
const terminalCharacters = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** JSON on one line that is harmless for a terminal. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(
    terminalCharacters,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
