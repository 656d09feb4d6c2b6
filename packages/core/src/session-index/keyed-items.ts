import { isUtf8 } from "node:buffer";
import { createByteScan } from "./byte-scan.ts";
import { decodeString } from "./decode-string.ts";
import { jsonByte } from "./json-bytes.ts";
import { scanMember } from "./scan-member.ts";
import { scanValue } from "./scan-value.ts";
import { skipWhiteSpace } from "./white-space.ts";

/** Fields by which an item of a list says which session it is of: what `openclaw sessions --json` prints, among others. */
const keyFields = ["key", "sessionKey"] as const;

/**
 * The whole items of a list that stands where the index should, if they say under which key they belong: members of an index,
 * each with the bytes of its item. Items without a key say nothing that their transcript does not say.
 */
export function keyedItems(bytes: Buffer, start: number): readonly string[] {
  let at = skipWhiteSpace(bytes, start);
  const members: string[] = [];
  while (bytes[at] === jsonByte.openBracket || bytes[at] === jsonByte.comma) {
    const from = skipWhiteSpace(bytes, at + 1);
    if (bytes[from] !== jsonByte.openBrace) break;
    const end = scanValue(createByteScan(bytes), from, { onName: () => {}, onValueEnd: () => {} });
    if (end < 0) break;
    const member = memberOf(bytes.subarray(from, end));
    if (member !== undefined) members.push(member);
    at = skipWhiteSpace(bytes, end);
  }
  return members;
}

function memberOf(item: Buffer): string | undefined {
  if (!isUtf8(item)) return undefined;
  // A name is put before it, so that it can be scanned as a row is.
  const named = Buffer.concat([Buffer.from('"":'), item]);
  const fields = scanMember(named, 0)?.fields ?? [];
  if (!fields.some(({ name }) => name === "sessionId")) return undefined;
  const field = keyFields
    .map((name) => fields.find((one) => one.name === name))
    .find((one) => one !== undefined && named[one.valueRange.start] === jsonByte.quote);
  if (field === undefined) return undefined;
  return `${JSON.stringify(decodeString(named, field.valueRange))}: ${item.toString("utf8")}`;
}
