import { findRow, type IndexDocument, parseRow, readEntryNumber, type SpliceEdit } from "@sessionsmith/core";

/** An index with one row for each name, whose `commits` counts from 0. */
export function counterIndex(names: readonly string[]): string {
  const rows = names.map((name) => [counterKey(name), counterRow(name, 0)] as const);
  return `${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`;
}

/** What the counter of a name stands at. */
export function readCounter(document: IndexDocument, name: string): number {
  const row = findRow(document, counterKey(name));
  const entry = row === undefined ? undefined : parseRow(document, row);
  const commits = entry === undefined ? undefined : readEntryNumber(entry, "commits");
  if (commits === undefined) throw new Error(`the index has no counter ${name}`);
  return commits;
}

/** The edits that add one to the counters of these names. A commit that is lost is missing in the sum for ever. */
export function countCommit(document: IndexDocument, names: readonly string[]): readonly SpliceEdit[] {
  const edits = names.map((name): SpliceEdit => {
    const range = findRow(document, counterKey(name))?.valueRange;
    if (range === undefined) throw new Error(`the index has no counter ${name}`);
    const insert = JSON.stringify(counterRow(name, readCounter(document, name) + 1));
    return { at: range.start, remove: range.end - range.start, insert };
  });
  return edits.toSorted((a, b) => a.at - b.at);
}

/** The session key of a counter. */
export function counterKey(name: string): string {
  return `agent:main:${name}`;
}

function counterRow(name: string, commits: number): object {
  return { sessionId: name, updatedAt: 1_790_000_000_000, commits };
}
