import { renamedReferences } from "@sessionsmith/core";
import type { RowChange } from "@sessionsmith/core";
import type { CleanupPass, Verdict } from "../cleanup-pass.ts";
import type { CleanupView } from "../cleanup-view.ts";
import { canonicalizerOf, groupDirectRows } from "../rescope/direct-groups.ts";
import type { DirectGroup, DirectRow } from "../rescope/direct-groups.ts";
import type { GroupHold } from "../rescope/why-group-stays.ts";
import { whyGroupsStay } from "../rescope/why-group-stays.ts";

/**
 * Gives the rows of direct messages the keys that the present `session.dmScope` makes (docs/decisions/0007). Of several rows of one
 * person the freshest gets the key, and the others leave with their transcripts archived. Rows that name a session by its old
 * key follow. What is not known for certain stays as it is, and says why.
 */
export const rescope: CleanupPass = (view) => {
  const direct = groupDirectRows(view);
  const holds = whyGroupsStay(view, direct);
  const moved = new Map<string, string>();
  const verdicts = new Map<string, Verdict>(
    [...direct.unplaced].map(([key, why]) => [key, keep(key, [why])]),
  );
  for (const group of direct.groups) {
    const hold = holds.get(group);
    const decided = hold === undefined ? moveGroup(group) : holdGroup(group, hold, view);
    for (const verdict of decided) verdicts.set(verdict.key, verdict);
    if (hold !== undefined) continue;
    for (const { canonical, facts } of group.rows)
      if (facts.row.key !== group.target) moved.set(canonical, group.target);
  }
  if (moved.size > 0) followRenames(view, moved, verdicts);
  return [...verdicts.values()];
};

function keep(key: string, reasons: readonly string[], change: RowChange = {}): Verdict {
  const verdict = { key, action: "keep", reasons } as const;
  return Object.keys(change).length === 0 ? verdict : { ...verdict, change };
}

function holdGroup(
  { target, rows }: DirectGroup,
  hold: GroupHold,
  { protectionOf }: CleanupView,
): readonly Verdict[] {
  return rows.map(({ facts, canonical }) => {
    const why = hold === "another-row-protected" ? (protectionOf(facts) ?? hold) : hold;
    return keep(facts.row.key, canonical === target ? [why] : ["other-dm-scope", why]);
  });
}

function moveGroup({ target, rows }: DirectGroup): readonly Verdict[] {
  const freshest = rows.reduce((best, row) => (isFresher(row, best, target) ? row : best));
  return rows.map((row) => {
    const { key } = row.facts.row;
    if (row !== freshest)
      return { key, action: "retire-dm-scope", reasons: ["other-dm-scope", "older-row-of-person"] };
    const reasons = rows.length === 1 ? ["other-dm-scope"] : ["other-dm-scope", "freshest-row-of-person"];
    return keep(key, reasons, key === target ? {} : { key: target });
  });
}

/** Of two rows as fresh as each other the one that has the key already comes first, and then the order of the keys decides. */
function isFresher(row: DirectRow, other: DirectRow, target: string): boolean {
  const [mine, others] = [updatedAtMs(row), updatedAtMs(other)];
  if (mine !== others) return mine > others;
  const [key, otherKey] = [row.facts.row.key, other.facts.row.key];
  if (key === target || otherKey === target) return key === target;
  return key < otherKey;
}

function updatedAtMs({ facts: { time } }: DirectRow): number {
  return time.known ? time.atMs : -Infinity;
}

/** Changes the rows that name a moved session. A row that leaves keeps the bytes that it has. */
function followRenames(
  view: CleanupView,
  moved: ReadonlyMap<string, string>,
  verdicts: Map<string, Verdict>,
): void {
  const canonicalOf = canonicalizerOf(view);
  const newKeyOf = (key: string): string | undefined => {
    const newKey = moved.get(canonicalOf(key));
    return newKey === key ? undefined : newKey;
  };
  for (const facts of view.rows) {
    const { key } = facts.row;
    const verdict = verdicts.get(key) ?? keep(key, []);
    const fields = renamedReferences(view.entryOf(facts), newKeyOf);
    if (verdict.action !== "keep" || Object.keys(fields).length === 0) continue;
    const reasons = [...verdict.reasons, "names-moved-session"];
    verdicts.set(key, keep(key, reasons, { ...verdict.change, fields }));
  }
}
