import type { JsonValue } from "../json-value.ts";
import type { ByteRange } from "./index-document.ts";
import { formatValue, type Member, type MemberStyle } from "./member-style.ts";
import type { SpliceEdit } from "./splice-edit.ts";

/** A member to be added. */
export interface NewMember {
  readonly key: string;
  readonly value: JsonValue;
}

/** An object in the file and how its members are set out. */
export interface MemberObject {
  /** With its braces. */
  readonly range: ByteRange;
  /** All of them, in file order. */
  readonly members: readonly Member[];
  readonly style: MemberStyle;
}

/** What becomes of the members of an object; those that are not named keep their bytes. */
export interface MemberChange {
  readonly removed: ReadonlySet<Member>;
  /** Members that get another value. */
  readonly replaced: ReadonlyMap<Member, JsonValue>;
  /** Appended in this order. */
  readonly added: readonly NewMember[];
}

/**
 * Makes the edits that change the members of one object. A removed member goes from its key to the key of the next one that
 * stays, the last ones from the end of the one before; an object that loses all becomes `{}`.
 */
export function memberEdits(object: MemberObject, change: MemberChange): SpliceEdit[] {
  const { members, style } = object;
  const { removed, replaced, added } = change;
  if (members.length === removed.size) return refill(object, change);
  const edits = [...cutEdits(members, removed)];
  for (const [{ valueRange }, value] of replaced)
    edits.push(replacement(valueRange, formatValue(value, style)));
  const end = members.at(-1)?.valueRange.end ?? 0;
  for (const group of formatMembers(added, style))
    edits.push({ at: end, remove: 0, insert: style.separator + group });
  return edits.toSorted((a, b) => a.at - b.at);
}

/** Replaces all that is between the braces, as no member stays. */
function refill({ range, members, style }: MemberObject, { added }: MemberChange): SpliceEdit[] {
  if (members.length === 0 && added.length === 0) return [];
  const inside = { start: range.start + 1, end: range.end - 1 };
  if (added.length === 0) return [replacement(inside, "")];
  const groups = formatMembers(added, style);
  return groups.map((group, n) => ({
    at: n === 0 ? inside.start : inside.end,
    remove: n === 0 ? inside.end - inside.start : 0,
    insert:
      (n === 0 ? style.opening : style.separator) + group + (n === groups.length - 1 ? style.closing : ""),
  }));
}

/** Cuts each run of removed members; at least one member stays. */
function* cutEdits(members: readonly Member[], removed: ReadonlySet<Member>): Generator<SpliceEdit> {
  let kept: Member | undefined; // the last one before the run
  let run: Member | undefined; // the first one of the run
  for (const member of members) {
    if (removed.has(member)) {
      run ??= member;
      continue;
    }
    if (run !== undefined) yield replacement({ start: run.keyRange.start, end: member.keyRange.start }, "");
    run = undefined;
    kept = member;
  }
  const end = members.at(-1)?.valueRange.end;
  if (run !== undefined && kept !== undefined && end !== undefined) {
    yield replacement({ start: kept.valueRange.end, end }, "");
  }
}

/** Members that one edit adds: thousands at once would be one text of megabytes, copied wherever it is written or hashed. */
const membersOfEdit = 64;

/** The texts of members, some at a time, without what stands before and behind each group. */
function formatMembers(members: readonly NewMember[], style: MemberStyle): readonly string[] {
  const groups: string[] = [];
  for (let at = 0; at < members.length; at += membersOfEdit) {
    const group = members.slice(at, at + membersOfEdit);
    groups.push(group.map((member) => formatMember(member, style)).join(style.separator));
  }
  return groups;
}

function formatMember({ key, value }: NewMember, style: MemberStyle): string {
  return JSON.stringify(key) + style.colon + formatValue(value, style);
}

function replacement({ start, end }: ByteRange, insert: string): SpliceEdit {
  return { at: start, remove: end - start, insert };
}
