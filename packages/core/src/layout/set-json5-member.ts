import JSON5 from "json5";
import { isJsonObject, type JsonObject, type JsonValue } from "../json-value.ts";
import { isJsonEqual } from "../json-equal.ts";
import { type Json5Object, scanJson5Object } from "./json5-scan.ts";

/**
 * Sets a member deep in a text of JSON5, and leaves every other character as it is: comments, spelling, order. Objects on the way that
 * are not there are made. The result is read again, and has to say exactly what was said before but for this member.
 * @param text JSON5 whose root is an object; a blank one counts as an empty object
 * @param path at least one name
 */
export function setJson5Member(text: string, path: readonly string[], value: JsonValue): string {
  const base = text.trim() === "" ? "{}\n" : text;
  const edited = editIn(base, 0, { path, value });
  const expected = withMember(JSON5.parse<JsonObject>(base), path, value);
  if (!isJsonEqual(JSON5.parse<JsonObject>(edited), expected))
    throw new Error("the edit of a settings file went wrong");
  return edited;
}

/** What is to stand where. */
interface Placed {
  readonly path: readonly string[];
  readonly value: JsonValue;
}

function editIn(text: string, from: number, { path, value }: Placed): string {
  const [name = "", ...rest] = path;
  const object = scanJson5Object(text, from);
  if (object === undefined) throw new Error("a settings file without an object where one is needed");
  const member = object.members.findLast((one) => one.name === name);
  if (member === undefined) return insertMember(text, object, `${name}: ${literal(rest, value)}`);
  const isObject = scanJson5Object(text, member.valueStart) !== undefined;
  if (rest.length > 0 && isObject) return editIn(text, member.valueStart, { path: rest, value });
  return text.slice(0, member.valueStart) + literal(rest, value) + text.slice(member.valueEnd);
}

/** Behind the last member, on a line of its own if that one has one. */
function insertMember(text: string, object: Json5Object, member: string): string {
  const last = object.members.at(-1);
  const at = object.lastComma ?? last?.valueEnd ?? object.start + 1;
  const comma = last === undefined || object.lastComma !== undefined ? "" : ",";
  const isOneLine = !text.slice(object.start, object.end).includes("\n");
  const outer = indentAt(text, object.start);
  if (last === undefined) {
    const inside = text.slice(at, object.end - 1);
    return `${text.slice(0, at)}\n${outer}  ${member},${inside.trim() === "" ? "" : inside.trimEnd()}\n${outer}${text.slice(object.end - 1)}`;
  }
  if (isOneLine) return `${text.slice(0, at)}${comma} ${member}${text.slice(at)}`;
  const end = behindComment(text, at);
  return `${text.slice(0, at)}${comma}${text.slice(at, end)}\n${indentAt(text, last.nameStart)}${member},${text.slice(end)}`;
}

/** The end of the line, if nothing but a comment stands between here and there: it belongs to what is before it. */
function behindComment(text: string, at: number): number {
  const lineEnd = text.indexOf("\n", at);
  if (lineEnd < 0) return at;
  const rest = text.slice(at, lineEnd);
  return /^[ \t]*(?:\/\/.*|\/\*[^*]*\*\/[ \t]*)?\r?$/.test(rest)
    ? lineEnd - (rest.endsWith("\r") ? 1 : 0)
    : at;
}

/** The white space that the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}

/** The value, in the objects that are still missing on the way to it. */
function literal(path: readonly string[], value: JsonValue): string {
  const text = JSON.stringify(value);
  return path.reduceRight((inner, name) => `{ ${name}: ${inner} }`, text);
}

function withMember(
  object: JsonObject,
  [name = "", ...rest]: readonly string[],
  value: JsonValue,
): JsonObject {
  const before = object[name];
  const inner = rest.length === 0 ? value : withMember(isJsonObject(before) ? before : {}, rest, value);
  return { ...object, [name]: inner };
}
