/** A member of an object in JSON5 text; offsets in UTF-16 units. */
export interface Json5Member {
  /** As it is meant, without quotes and escapes. */
  readonly name: string;
  readonly nameStart: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** An object in JSON5 text. */
export interface Json5Object {
  /** Where its `{` stands. */
  readonly start: number;
  /** Behind its `}`. */
  readonly end: number;
  readonly members: readonly Json5Member[];
  /** Behind the comma that follows the last member; undefined if none does. */
  readonly lastComma: number | undefined;
}

const blank = /[\s\u00a0\u2028\u2029\ufeff]/;

/**
 * Finds the members of the object that begins at or behind `from`, skipping white space and comments. The text has to be JSON5:
 * it is not checked again. Undefined if there is something else than an object. Linear in the length of the text.
 */
export function scanJson5Object(text: string, from: number): Json5Object | undefined {
  const start = skipBlanks(text, from);
  if (text[start] !== "{") return undefined;
  const members: Json5Member[] = [];
  let lastComma: number | undefined;
  let at = skipBlanks(text, start + 1);
  while (at < text.length && text[at] !== "}") {
    const nameEnd = isQuote(text[at]) ? skipString(text, at) : skipWord(text, at);
    const valueStart = skipBlanks(text, skipBlanks(text, nameEnd) + 1);
    const valueEnd = skipValue(text, valueStart);
    members.push({ name: nameOf(text.slice(at, nameEnd)), nameStart: at, valueStart, valueEnd });
    lastComma = undefined;
    at = skipBlanks(text, valueEnd);
    if (text[at] === ",") {
      lastComma = at + 1;
      at = skipBlanks(text, at + 1);
    }
  }
  return { start, end: at + 1, members, lastComma };
}

function skipBlanks(text: string, from: number): number {
  for (let at = from; ;) {
    if (text.startsWith("//", at)) at = lineEnd(text, at);
    else if (text.startsWith("/*", at)) {
      const end = text.indexOf("*/", at + 2);
      at = end < 0 ? text.length : end + 2;
    } else if (at < text.length && blank.test(text.charAt(at))) at += 1;
    else return at;
  }
}

function lineEnd(text: string, from: number): number {
  const found = text.slice(from).search(/[\n\r\u2028\u2029]/);
  return found < 0 ? text.length : from + found;
}

/** Behind the value that begins there; brackets inside are counted, strings and comments passed over. */
function skipValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length;) {
    const character = text.charAt(at);
    if (isQuote(character)) at = skipString(text, at);
    else if (character === "/") at = Math.max(skipBlanks(text, at), at + 1);
    else if (character === "{" || character === "[") {
      depth += 1;
      at += 1;
    } else if (character === "}" || character === "]") {
      if (depth === 0) return at;
      depth -= 1;
      at += 1;
    } else if (depth === 0 && (character === "," || blank.test(character))) return at;
    else at += 1;
    if (depth === 0 && /[}\]"']/.test(text.charAt(at - 1))) return at;
  }
  return text.length;
}

function skipString(text: string, from: number): number {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}

function skipWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s:/]/.test(text.charAt(at))) at += 1;
  return at;
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'";
}

/** Names with escapes are rare, and none of ours. */
function nameOf(text: string): string {
  return isQuote(text[0]) ? text.slice(1, -1) : text;
}
