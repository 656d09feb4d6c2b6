import { from, type NameChange, upTo } from "./name-change.ts";

/**
 * Which changes of names may have reached stable storage when the machine went down: every set that keeps the order of
 * each directory, as long as there are at most `most` of them. With more: none, all, and for each change it and what it
 * needs with nothing else, and everything but it and what builds on it.
 */
export function survivingChanges(
  changes: readonly NameChange[],
  most: number,
): readonly (readonly NameChange[])[] {
  const all = orderedSets(changes, most);
  if (all !== undefined) return all;
  const alone = changes.map((change) => upTo(changes, (other) => other === change));
  const without = changes.map((change) => from(changes, (other) => other === change));
  return [
    [],
    ...alone.map((set) => changes.filter((change) => set.has(change))),
    ...without.map((set) => changes.filter((change) => !set.has(change))),
    changes,
  ];
}

interface Choice {
  readonly kept: readonly NameChange[];
  /** Directories in which a change was lost: so are all later ones. */
  readonly stopped: ReadonlySet<number>;
}

/** `undefined` if there are more than `most`. */
function orderedSets(
  changes: readonly NameChange[],
  most: number,
): readonly (readonly NameChange[])[] | undefined {
  let choices: readonly Choice[] = [{ kept: [], stopped: new Set() }];
  for (const change of changes) {
    choices = choices.flatMap((choice) => decide(choice, change));
    if (choices.length > most) return undefined;
  }
  return choices.map(({ kept }) => kept);
}

function decide(choice: Choice, change: NameChange): readonly Choice[] {
  const lost = { kept: choice.kept, stopped: new Set([...choice.stopped, ...change.dirs]) };
  if (change.dirs.some((dir) => choice.stopped.has(dir))) return [lost];
  return [lost, { kept: [...choice.kept, change], stopped: choice.stopped }];
}
