import type { MigratedSession, MigrationReport } from "@sessionsmith/migrate";
import { guardFormula } from "@sessionsmith/sessions";
import { writeCsv } from "../render/csv.ts";
import { writeJson } from "../render/json.ts";

const columns = [
  "path",
  "dialect",
  "legacyId",
  "outcome",
  "agentId",
  "sessionId",
  "keys",
  "keyOrigin",
  "messages",
  "updatedAt",
  "updatedFrom",
  "storePath",
  "transcript",
  "findings",
] as const;

/** The bytes of a report file: CSV with a line for each session if the name says so, else the whole report as JSON. */
export async function reportFile(report: MigrationReport, path: string): Promise<Uint8Array> {
  const parts: string[] = [];
  const write = (text: string): void => {
    parts.push(text);
  };
  if (path.toLowerCase().endsWith(".csv")) {
    const findings = findingsByPath(report);
    const rows = report.sessions.map((session) => cellsOf(session, findings.get(session.path) ?? []));
    await writeCsv(columns, rows, write);
  } else {
    writeJson(report, write);
  }
  return Buffer.from(parts.join(""), "utf8");
}

function findingsByPath({ findings }: MigrationReport): ReadonlyMap<string, readonly string[]> {
  const byPath = new Map<string, string[]>();
  for (const { id, place } of findings) {
    const path = place.path ?? "";
    byPath.set(path, [...(byPath.get(path) ?? []), id]);
  }
  return byPath;
}

function cellsOf(session: MigratedSession, findings: readonly string[]): readonly string[] {
  const { keys, messages, updatedAt } = session;
  const cells: Readonly<Record<(typeof columns)[number], string>> = {
    path: session.path,
    dialect: session.dialect,
    legacyId: session.legacyId,
    outcome: session.outcome,
    agentId: session.agentId ?? "",
    sessionId: session.sessionId ?? "",
    keys: keys.join(" "),
    keyOrigin: session.keyOrigin ?? "",
    messages: String(messages),
    updatedAt: new Date(updatedAt).toISOString(),
    updatedFrom: session.updatedFrom,
    storePath: session.storePath ?? "",
    transcript: session.transcript ?? "",
    findings: findings.join(" "),
  };
  return columns.map((name) => guardFormula(cells[name]));
}
