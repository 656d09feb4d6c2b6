import { isUtf8 } from "node:buffer";
import { decodeString } from "./decode-string.ts";
import { jsonByte } from "./json-bytes.ts";
import { type FieldScan, type MemberScan, scanMember } from "./scan-member.ts";

const longestKey = 1026;
/** What is a session key and no name of a field. */
const keyLike = /:|^\+\d|^(?:main|global|unknown)$/;

/**
 * Tells whether what stands behind damage is a row, and not an object inside of one: by its key and by the fields that nearly
 * every row has. An object inside a row that has both (`contextBudgetStatus`) has a name that is no session key.
 * @param isLine it begins a line as rows do
 */
export function isRowShaped(bytes: Buffer, { keyRange, fields }: MemberScan, isLine: boolean): boolean {
  if (keyRange.end - keyRange.start > longestKey) return false;
  const spelled = bytes.subarray(keyRange.start, keyRange.end);
  const key = isUtf8(spelled) ? decodeString(bytes, keyRange) : spelled.toString("latin1");
  const isText = (start: number): boolean => bytes[start] === jsonByte.quote;
  const has = (name: string) => fields.find((field) => field.name === name);
  const id = has("sessionId");
  const hasId = id !== undefined && isText(id.valueRange.start);
  const hasTime = has("updatedAt") !== undefined;
  if (key.startsWith("agent:")) return isLine || hasId || hasTime;
  return keyLike.test(key) && hasId && hasTime;
}

/** Tells whether what looks like a field of a row is a row itself, because the end of the row before it was lost. */
export function isSwallowedRow(bytes: Buffer, { name, nameStart, valueRange }: FieldScan): boolean {
  if (!keyLike.test(name) || bytes[valueRange.start] !== jsonByte.openBrace) return false;
  const member = scanMember(bytes, nameStart, valueRange.end);
  return member !== undefined && isRowShaped(bytes, member, false);
}
