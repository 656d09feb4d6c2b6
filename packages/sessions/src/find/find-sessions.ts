import {
  canonicalizeSessionKey,
  entryLabel,
  type IndexDocument,
  type IndexRow,
  keyGlob,
  parseRow,
  type SessionSettings,
  type StoreTarget,
} from "@sessionsmith/core";
import { isMeant } from "./is-meant.ts";
import { keyRulesOf } from "./key-rules.ts";

/** A store that sessions are looked for in. */
export interface SearchedStore {
  readonly target: StoreTarget;
  readonly document: IndexDocument;
}

/** A row that an argument means. */
export interface FoundSession extends SearchedStore {
  readonly row: IndexRow;
  /** What the argument is of the row. */
  readonly by: "glob" | "key" | "label" | "session-id";
}

/** What is looked for: the word of an operator, or one thing that a caller named. */
export interface Sought {
  readonly text: string;
  /** What the text may be; left out, any of them. */
  readonly as?: FoundSession["by"];
}

/**
 * Finds the rows that a word means, in the order of the stores. A session key comes first, as it stands in the index and then in
 * any spelling that OpenClaw takes for the same (`main`, without the agent, in another case). Where no key fits, the whole
 * session id and the whole label count alike, and at last a glob over keys (`*`, `?`). Shadowed rows are never found.
 */
export function findSessions(
  stores: readonly SearchedStore[],
  { text, as }: Sought,
  settings: SessionSettings,
): readonly FoundSession[] {
  const rows = stores.flatMap((store) => rowsOf(store, settings));
  for (const kinds of precedence) {
    const asked = kinds.filter((kind) => as === undefined || as === kind);
    const found = asked.flatMap((kind) =>
      matchers[kind](rows, text, settings).map((row) => ({ ...row, by: kind })),
    );
    if (found.length > 0) return eachOnce(found);
  }
  return [];
}

type SearchedRow = Omit<FoundSession, "by">;

const precedence = [["key"], ["session-id", "label"], ["glob"]] as const;

const matchers: Record<
  FoundSession["by"],
  (rows: readonly SearchedRow[], text: string, settings: SessionSettings) => readonly SearchedRow[]
> = {
  key: byKey,
  "session-id": (rows, text) => rows.filter(({ row }) => row.sessionId === text),
  label: (rows, text) => rows.filter((one) => labelOf(one) === text.trim()),
  glob: (rows, text) => {
    if (!/[*?]/.test(text)) return [];
    const fits = keyGlob(text);
    return rows.filter(({ row }) => fits(row.key));
  },
};

function rowsOf({ target, document }: SearchedStore, settings: SessionSettings): readonly SearchedRow[] {
  return document.rows
    .filter((row) => !row.shadowed && isMeant(row, target, settings))
    .map((row) => ({ target, document, row }));
}

function byKey(
  rows: readonly SearchedRow[],
  text: string,
  settings: SessionSettings,
): readonly SearchedRow[] {
  const exact = rows.filter(({ row }) => row.key === text);
  if (exact.length > 0) return exact;
  const rules = keyRulesOf(settings);
  const canonical = (key: string, { target }: SearchedRow) =>
    canonicalizeSessionKey(key, { ...rules, agentId: target.agentId });
  return rows.filter((one) => {
    const wanted = canonical(text, one);
    return wanted !== "" && canonical(one.row.key, one) === wanted;
  });
}

function labelOf({ document, row }: SearchedRow): string | undefined {
  const entry = parseRow(document, row);
  return entry && entryLabel(entry)?.trim();
}

/** A row whose id and label are the same word is one row. */
function eachOnce(found: readonly FoundSession[]): readonly FoundSession[] {
  const seen = new Set<IndexRow>();
  return found.filter(({ row }) => seen.size !== seen.add(row).size);
}
