import type { ListedSession } from "@sessionsmith/sessions";
import { formatAge } from "@sessionsmith/core";
import type { Paint } from "./paint.ts";
import { sessionFlags } from "./session-flags.ts";
import { renderTable } from "./table.ts";
import type { TableColumn } from "./table.ts";
import { formatTokens } from "./token-count.ts";

/** What a table of sessions is made from. */
export interface SessionTableData {
  readonly sessions: readonly ListedSession[];
  /** True if the sessions are of several stores: adds a column for the agent. */
  readonly withAgent: boolean;
  readonly withTitles: boolean;
  readonly withPreviews: boolean;
  /** Columns of the terminal; undefined without one. */
  readonly width: number | undefined;
  readonly paint: Paint;
}

interface SessionColumn extends TableColumn {
  readonly value: (session: ListedSession) => string;
}

/** The lines of a table of sessions, in the columns of `openclaw sessions` (2026.5.28) but the runtime, as many as have room. */
export function renderSessionTable(data: SessionTableData): readonly string[] {
  const columns = sessionColumns(data);
  const rows = data.sessions.map((session) => columns.map(({ value }) => value(session)));
  return renderTable({ columns, rows, width: data.width });
}

function sessionColumns({
  withAgent,
  withTitles,
  withPreviews,
  paint,
}: SessionTableData): readonly SessionColumn[] {
  const columns: SessionColumn[] = [
    { header: "Kind", spare: true, value: ({ kind }) => kind },
    {
      header: "Key",
      value: ({ key }) => key,
      least: 26,
      distinct: true,
      paint: (shown) => paint.cyan(shown),
    },
    { header: "Age", value: ({ ageMs }) => formatAge(ageMs) },
    { header: "Model", value: ({ model = "" }) => model, least: 8, spare: true },
    {
      header: "Tokens (ctx %)",
      spare: true,
      value: ({ totalTokens, contextTokens = null }) => formatTokens(totalTokens, contextTokens),
    },
    { header: "Flags", value: sessionFlags, least: 8, spare: true, paint: (shown) => paint.dim(shown) },
  ];
  if (withTitles) columns.push({ header: "Title", value: ({ title = "" }) => title, least: 16 });
  if (withPreviews) columns.push({ header: "Last message", value: lastMessageText, least: 16 });
  return withAgent ? [{ header: "Agent", value: ({ agentId }) => agentId }, ...columns] : columns;
}

function lastMessageText({ lastMessage }: ListedSession): string {
  return lastMessage === undefined ? "" : `${lastMessage.role}: ${lastMessage.text}`;
}
