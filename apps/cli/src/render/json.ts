import { isSequence } from "@sessionsmith/core";
import type { Sequence } from "@sessionsmith/core";

const chunkSize = 64 * 1024;
/** Characters that are legal in JSON but can drive a terminal; they only occur inside strings. */
const terminalCharacters = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * Writes one JSON document, indented by two spaces and ended by a newline, in chunks of about 64 KiB: a long list never
 * becomes one string, nor are the items of one that makes them at once in memory. Members that are undefined are left out; control characters beyond ASCII are escaped.
 * Throws an Error for a value that JSON can't carry (a function, a bigint): that is a fault of the caller.
 */
export function writeJson(value: unknown, write: (text: string) => void): void {
  let pending = "";
  const flush = (): void => {
    write(pending.replace(terminalCharacters, escapeCharacter));
    pending = "";
  };
  const put = (text: string): void => {
    pending += text;
    if (pending.length >= chunkSize) flush();
  };
  putValue(value, { newline: "\n", put });
  put("\n");
  flush();
}

/** One line of JSON, ended by a newline. */
export function jsonLine(value: object): string {
  return `${JSON.stringify(value).replace(terminalCharacters, escapeCharacter)}\n`;
}

/** Where the next text goes, and the line break with the indent that it stands at. */
interface JsonPlace {
  readonly newline: string;
  readonly put: (text: string) => void;
}

function putValue(value: unknown, place: JsonPlace): void {
  if (isSequence(value)) {
    putList(value, place);
  } else if (typeof value === "object" && value !== null) {
    putObject(value, place);
  } else if (value === null || ["string", "number", "boolean"].includes(typeof value)) {
    place.put(JSON.stringify(value));
  } else {
    throw new Error(`JSON can't carry a ${typeof value}`);
  }
}

function putList(items: Sequence<unknown>, { newline, put }: JsonPlace): void {
  const inner = `${newline}  `;
  let opening = "[";
  for (const item of items) {
    put(opening + inner);
    putValue(item, { newline: inner, put });
    opening = ",";
  }
  put(items.length === 0 ? "[]" : `${newline}]`);
}

function putObject(value: object, { newline, put }: JsonPlace): void {
  const inner = `${newline}  `;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  let opening = "{";
  for (const [name, member] of members) {
    put(`${opening}${inner}${JSON.stringify(name)}: `);
    putValue(member, { newline: inner, put });
    opening = ",";
  }
  put(members.length === 0 ? "{}" : `${newline}}`);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
