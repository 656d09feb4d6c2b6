import { readEntryNumber, readLease } from "@sessionsmith/core";
import { guardFormula } from "../../guard-formula.ts";
import { listCsvColumns } from "../../list-csv-columns.ts";
import { listedSession } from "../../listed-session.ts";
import type { ExportedSession } from "../exported-session.ts";
import { redactJson, redactText } from "../redact.ts";
import { type FactContext, isoTime } from "../session-facts.ts";
import type { SessionRenderer } from "../session-renderer.ts";

/** Makes lines of CSV out of rows of cells; the sync API of csv-stringify does. */
export type StringifyCsv = (rows: readonly (readonly string[])[]) => string;

/** CSV: a line for each session with what its row says of it. No transcript is read. */
export function csvRenderer(stringify: StringifyCsv): SessionRenderer {
  let context: FactContext = { now: 0, redact: false };
  return {
    begin: ({ exportedAt, redacted }) => {
      context = { now: exportedAt, redact: redacted };
      return stringify([[...listColumns.map(({ name }) => name), ...ownColumns.map(([name]) => name)]]);
    },
    openSession: (exported) => {
      const listed = listedSession(exported.session, context.now);
      const cells = [
        ...listColumns.map((column) => column.cell(listed)),
        ...ownColumns.map(([, cell]) => guardFormula(cell(exported, context) ?? "")),
      ];
      return stringify([context.redact ? cells.map(redactText) : cells]);
    },
    line: () => "",
    closeSession: () => "",
    end: () => "",
  };
}

/** A title may need the transcript, and an age depends on when it is read. */
const listColumns = listCsvColumns.filter(({ name }) => name !== "title" && name !== "ageMs");

type OwnColumn = readonly [
  name: string,
  cell: (exported: ExportedSession, context: FactContext) => string | undefined,
];

/** What a list does not show. */
const ownColumns: readonly OwnColumn[] = [
  ["sessionStartedAt", ({ session }) => isoTime(readEntryNumber(session.entry, "sessionStartedAt"))],
  ["estimatedCostUsd", ({ session }) => readEntryNumber(session.entry, "estimatedCostUsd")?.toString()],
  ["ttlSeconds", ({ session }) => readLease(session.entry)?.ttlSeconds?.toString()],
  ["lastAccessAt", ({ session }) => isoTime(readLease(session.entry)?.lastAccessAt)],
  ["expiredAt", ({ session }) => isoTime(readLease(session.entry)?.expiredAt)],
  ["meta", metaCell],
  ["transcript", ({ transcript }) => transcript?.name],
  ["transcriptBytes", ({ transcript }) => transcript?.size.toString()],
];

function metaCell({ session }: ExportedSession, { redact }: FactContext): string | undefined {
  const meta = readLease(session.entry)?.meta;
  if (meta === undefined || Object.keys(meta).length === 0) return undefined;
  return JSON.stringify(redact ? redactJson(meta) : meta);
}
