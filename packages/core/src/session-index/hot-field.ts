import { decodeString } from "./decode-string.ts";

/**
 * A field of a row that every decision needs, that may name further transcripts, or that makes up most of a row and decides
 * nothing (OpenClaw 2026.5.28 store format).
 */
export type HotField =
  | "sessionId"
  | "updatedAt"
  | "sessionFile"
  | "compactionCheckpoints"
  | "usageFamilySessionIds"
  | "skillsSnapshot"
  | "systemPromptReport";

interface SpelledField {
  readonly field: HotField;
  /** The name with its quotes, spelled without escapes. */
  readonly spelled: Buffer;
}

/** By length, because most names differ in it already; no hot field has the lengths in between. */
const fieldsByLength = groupByLength([
  "sessionId",
  "updatedAt",
  "sessionFile",
  "compactionCheckpoints",
  "usageFamilySessionIds",
  "skillsSnapshot",
  "systemPromptReport",
]);

/** Every character of a name may be spelled with six bytes. */
const longestSpelling = 2 + 6 * "compactionCheckpoints".length;

/** Tells which hot field the name in `[start, end)` is, if any. The range holds the quotes, the name has no escapes. */
export function hotFieldOf(bytes: Buffer, start: number, end: number): HotField | undefined {
  const length = end - start;
  if (length >= fieldsByLength.length) return undefined;
  for (const { field, spelled } of fieldsByLength[length] ?? []) {
    if (standsAt(bytes, start, spelled)) return field;
  }
  return undefined;
}

/** Does the same for a name that is spelled with escapes (`"session\u0049d"`). */
export function escapedHotFieldOf(bytes: Buffer, start: number, end: number): HotField | undefined {
  if (end - start > longestSpelling) return undefined;
  const spelled = Buffer.from(`"${decodeString(bytes, { start, end })}"`);
  return hotFieldOf(spelled, 0, spelled.length);
}

function standsAt(bytes: Buffer, start: number, spelled: Buffer): boolean {
  for (let index = 0; index < spelled.length; index += 1) {
    if (bytes[start + index] !== spelled[index]) return false;
  }
  return true;
}

function groupByLength(fields: readonly HotField[]): readonly (readonly SpelledField[])[] {
  const groups: SpelledField[][] = [];
  for (const field of fields) {
    const spelled = Buffer.from(`"${field}"`);
    while (groups.length <= spelled.length) groups.push([]);
    groups[spelled.length]?.push({ field, spelled });
  }
  return groups;
}
