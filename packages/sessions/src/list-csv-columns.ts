import { guardFormula } from "./guard-formula.ts";
import type { ListedSession } from "./listed-session.ts";

/** A column of a list as CSV. */
export interface ListCsvColumn {
  /** The key of {@link ListedSession} that it shows; also its heading. */
  readonly name: keyof ListedSession;
  /** The cell, safe to open in a spreadsheet; empty if the session does not say it. */
  cell(session: ListedSession): string;
}

/** The columns of a list as CSV, in order. Times are ISO 8601 in UTC, ages and sizes plain numbers. */
export const listCsvColumns: readonly ListCsvColumn[] = [
  text("key"),
  text("agentId"),
  text("kind"),
  text("fineKind"),
  text("sessionId"),
  text("label"),
  text("displayName"),
  text("title"),
  time("updatedAt"),
  number("ageMs"),
  text("model"),
  text("modelProvider"),
  number("inputTokens"),
  number("outputTokens"),
  number("totalTokens"),
  number("contextTokens"),
  text("status"),
  text("user"),
  time("expiresAt"),
  text("rowFinding"),
];

type NamesOf<T> = {
  [K in keyof ListedSession]-?: NonNullable<ListedSession[K]> extends T ? K : never;
}[keyof ListedSession];

function text(name: NamesOf<string>): ListCsvColumn {
  return { name, cell: (session) => guardFormula(session[name] ?? "") };
}

function number(name: NamesOf<number>): ListCsvColumn {
  return { name, cell: (session) => String(session[name] ?? "") };
}

function time(name: NamesOf<number>): ListCsvColumn {
  return {
    name,
    cell: (session) => {
      const atMs = session[name];
      return atMs === undefined || atMs === null ? "" : new Date(atMs).toISOString();
    },
  };
}
