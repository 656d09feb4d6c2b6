import type { CaseOutcome, StoreOutcome } from "./cleanup-case.ts";

/** One row of which the two programs say, or do, different things. */
export interface RowDifference {
  /** Path of the index, relative to the state directory. */
  readonly index: string;
  readonly key: string;
  /** The dry-run, or the run itself. */
  readonly stage: "dry-run" | "run";
  /** The action; `absent` if the program does not count the row; `left` or `gone` after a run. */
  readonly ours: string;
  readonly theirs: string;
}

/** Lists where two outcomes differ, row by row. */
export function compareOutcomes(ours: CaseOutcome, theirs: CaseOutcome): readonly RowDifference[] {
  if (ours.state === "refused" || theirs.state === "refused") {
    if (ours.state === theirs.state) return [];
    return [{ index: "", key: "", stage: "run", ours: wordOf(ours), theirs: wordOf(theirs) }];
  }
  const indexes = new Set([...ours.stores, ...theirs.stores].map(({ index }) => index));
  return [...indexes].flatMap((index) =>
    compareStores(index, find(ours.stores, index), find(theirs.stores, index)),
  );
}

function wordOf(outcome: CaseOutcome): string {
  return outcome.state === "refused" ? outcome.why : "done";
}

function find(stores: readonly StoreOutcome[], index: string): StoreOutcome {
  return stores.find((store) => store.index === index) ?? { index, actions: {}, left: [] };
}

function compareStores(index: string, ours: StoreOutcome, theirs: StoreOutcome): readonly RowDifference[] {
  return [
    ...compareWords(actionsOf(ours), actionsOf(theirs), { index, stage: "dry-run", absent: "absent" }),
    ...compareWords(leftOf(ours), leftOf(theirs), { index, stage: "run", absent: "gone" }),
  ];
}

function actionsOf({ actions }: StoreOutcome): ReadonlyMap<string, string> {
  return new Map(Object.entries(actions));
}

function leftOf({ left }: StoreOutcome): ReadonlyMap<string, string> {
  return new Map(left.map((key) => [key, "left"]));
}

function compareWords(
  ours: ReadonlyMap<string, string>,
  theirs: ReadonlyMap<string, string>,
  { absent, ...place }: Pick<RowDifference, "index" | "stage"> & { readonly absent: string },
): readonly RowDifference[] {
  const keys = [...new Set([...ours.keys(), ...theirs.keys()])];
  const words = keys.map((key) => ({
    ...place,
    key,
    ours: ours.get(key) ?? absent,
    theirs: theirs.get(key) ?? absent,
  }));
  return words.filter((word) => word.ours !== word.theirs);
}
