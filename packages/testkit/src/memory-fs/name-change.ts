import type { Names } from "./memory-node.ts";

/**
 * One change of names that reaches stable storage as a whole or not at all. Those of one directory reach it in order:
 * a change is there only if every earlier one that has a directory in common with it is there.
 */
export interface NameChange {
  /** Whose order it stands in: the directories of its names; of an `rmdir` the removed one too, which must be empty by then. */
  readonly dirs: readonly number[];
  readonly bindings: readonly Binding[];
}

/** A name in a directory, and the inode that it leads to from now on; `undefined` takes the name away. */
export interface Binding {
  readonly dir: number;
  readonly name: string;
  readonly ino: number | undefined;
}

/** The names of these directories after changes, made in order; changes of other directories are passed by. */
export function applyChanges(
  before: ReadonlyMap<number, Names>,
  changes: readonly NameChange[],
): Map<number, Names> {
  const bindings = changes.flatMap((change) => change.bindings);
  const after = new Map<number, Names>();
  for (const [dir, names] of before) {
    const changed = new Map(names);
    applyBindings(
      changed,
      bindings.filter((binding) => binding.dir === dir),
    );
    after.set(dir, changed);
  }
  return after;
}

/** Changes the names of one directory in place. */
export function applyBindings(names: Map<string, number>, bindings: readonly Binding[]): void {
  for (const { name, ino } of bindings) {
    if (ino === undefined) names.delete(name);
    else names.set(name, ino);
  }
}

/** The picked changes and everything before them in their directories: what must be there if they are. */
export function upTo(
  changes: readonly NameChange[],
  isPicked: (change: NameChange) => boolean,
): Set<NameChange> {
  return closure(changes.toReversed(), isPicked);
}

/** The picked changes and everything after them in their directories: what can't be there if they are not. */
export function from(
  changes: readonly NameChange[],
  isPicked: (change: NameChange) => boolean,
): Set<NameChange> {
  return closure(changes, isPicked);
}

function closure(changes: readonly NameChange[], isPicked: (change: NameChange) => boolean): Set<NameChange> {
  const dirs = new Set<number>();
  const picked = new Set<NameChange>();
  for (const change of changes) {
    if (!isPicked(change) && !change.dirs.some((dir) => dirs.has(dir))) continue;
    picked.add(change);
    for (const dir of change.dirs) dirs.add(dir);
  }
  return picked;
}
