import { referencedKeys } from "@sessionsmith/core";
import type { RowFacts } from "@sessionsmith/core";
import type { CleanupView } from "../cleanup-view.ts";
import { rowAgeMs } from "../row-age.ts";
import { whyNotJudged } from "../why-not-judged.ts";
import type { DirectGroup, DirectRows } from "./direct-groups.ts";
import { canonicalizerOf } from "./direct-groups.ts";

/** Why all rows of a group stay under the keys that they have. */
export type GroupHold =
  /** A row that can't be moved stands under the key. */
  | "key-taken"
  /** Another row of the group is protected, or in use. */
  | "another-row-protected"
  /** The rows are of different peers that no link of `session.identityLinks` makes one person. */
  | "different-peers"
  /** It is not known whose some of the rows are: the key may be, or become, that of another person. */
  | "peer-unknown"
  /** Another row has the same key in another spelling, and leads elsewhere: nobody can say which one a name of it means. */
  | "spelled-twice"
  /** The freshest can't be told. */
  | "age-unknown"
  /** A row that names one of them can't be changed: it is in use, of another agent, or in another index. */
  | "named-by-fixed-row"
  /** Another index can't be read, so that nobody knows what it names. */
  | "references-unknown";

/** How far in the future a time may lie before it says nothing: a day. */
const futureToleranceMs = 86_400_000;

/**
 * Finds the groups that have to stay as they are; the others can move. What stays keeps its keys, and that may keep another group
 * from moving to one of them, so it is asked again until nothing more stays.
 */
export function whyGroupsStay(
  view: CleanupView,
  { groups, taken }: DirectRows,
): ReadonlyMap<DirectGroup, GroupHold> {
  const surroundings = {
    view,
    taken: new Set(taken),
    fixed: keysOfFixedNames(view),
    spelledTwice: keysSpelledTwice(groups),
  };
  const holds = new Map<DirectGroup, GroupHold>();
  for (let before = -1; before < holds.size;) {
    before = holds.size;
    for (const group of groups) {
      const hold = holds.has(group) ? undefined : whyStays(group, surroundings);
      if (hold === undefined) continue;
      holds.set(group, hold);
      for (const { canonical } of group.rows) surroundings.taken.add(canonical);
    }
  }
  return holds;
}

interface Surroundings {
  readonly view: CleanupView;
  /** Canonical keys of rows that stay where they are. */
  readonly taken: ReadonlySet<string>;
  /** Canonical keys that rows name which can't be changed. */
  readonly fixed: ReadonlySet<string>;
  /** Canonical keys of rows that lead to different keys. */
  readonly spelledTwice: ReadonlySet<string>;
}

function whyStays(
  { target, rows }: DirectGroup,
  { view, taken, fixed, spelledTwice }: Surroundings,
): GroupHold | undefined {
  if (view.snapshot.references.unread.length > 0) return "references-unknown";
  if (taken.has(target)) return "key-taken";
  if (rows.some(({ facts }) => view.protectionOf(facts) !== undefined)) return "another-row-protected";
  const persons = new Set(rows.map(({ person }) => person));
  if (persons.has(undefined)) return "peer-unknown";
  if (persons.size > 1) return "different-peers";
  if (rows.some(({ canonical }) => spelledTwice.has(canonical))) return "spelled-twice";
  if (rows.length > 1 && rows.some(({ facts }) => !isAgeTold(facts, view.now))) return "age-unknown";
  return rows.some(({ canonical }) => canonical !== target && fixed.has(canonical))
    ? "named-by-fixed-row"
    : undefined;
}

function isAgeTold({ time }: RowFacts, now: number): boolean {
  const ageMs = rowAgeMs(time, now);
  return ageMs !== null && ageMs >= -futureToleranceMs;
}

function keysSpelledTwice(groups: readonly DirectGroup[]): ReadonlySet<string> {
  const targets = new Map<string, string>();
  const twice = new Set<string>();
  for (const { target, rows } of groups) {
    for (const { canonical } of rows) {
      if ((targets.get(canonical) ?? target) !== target) twice.add(canonical);
      targets.set(canonical, target);
    }
  }
  return twice;
}

/** What is named by rows that are in use, or that nobody asked for. */
function keysOfFixedNames(view: CleanupView): ReadonlySet<string> {
  const canonicalOf = canonicalizerOf(view);
  const { rows, target } = view.snapshot;
  const ofOthers = rows.filter((facts) => facts.row.understood && whyNotJudged(facts, target) !== undefined);
  const fixed = [...ofOthers, ...view.rows.filter((facts) => view.useOf(facts) !== undefined)];
  const named = fixed.flatMap((facts) => [...referencedKeys(view.entryOf(facts))]);
  return new Set([...named, ...view.facts.keysNamedElsewhere].map(canonicalOf));
}
