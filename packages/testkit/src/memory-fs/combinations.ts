/**
 * Picks one of each list, in every way as long as there are at most `most` ways. With more, every element is picked once
 * with the first of all other lists, and once with the last of them: as if the others had not happened, or all had.
 * Each way comes once; all firsts come first, all lasts last.
 */
export function combinations<T>(lists: readonly (readonly T[])[], most: number): readonly (readonly T[])[] {
  const ways = lists.reduce((product, list) => product * list.length, 1);
  if (ways > most) return oneByOne(lists);
  return lists.reduce<readonly (readonly T[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((element) => [...row, element])),
    [[]],
  );
}

function oneByOne<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  const picks = new Map<string, readonly number[]>();
  for (const [n, list] of lists.entries()) {
    for (const k of list.keys()) {
      for (const others of [() => 0, (other: readonly T[]) => other.length - 1]) {
        const pick = lists.map((other, m) => (m === n ? k : others(other)));
        picks.set(pick.join(), pick);
      }
    }
  }
  const lasts = lists.map((list) => list.length - 1);
  picks.delete(lasts.join());
  picks.set(lasts.join(), lasts);
  return [...picks.values()].map((pick) =>
    lists.flatMap((list, n) => list.slice(pick[n], (pick[n] ?? 0) + 1)),
  );
}
