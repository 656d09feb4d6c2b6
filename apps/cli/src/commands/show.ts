import { requireOneSession, showSession } from "@sessionsmith/sessions";
import type { ShownSession } from "@sessionsmith/sessions";
import type { CommandHandler } from "../command-spec.ts";
import { chooseForSession, findInStores } from "../find-session.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { renderTable } from "../render/table.ts";
import { reportFindings } from "../report-findings.ts";
import { warnOfPending } from "../warn-of-pending.ts";

/** Runs `sessionsmith show` and `get`. */
export const runShow: CommandHandler = async (call) => {
  const { io, options } = call;
  const [word = ""] = call.arguments;
  const view = outputView(options, io);
  const chosen = chooseForSession(call, await io.loadHost(), word);
  const found = requireOneSession(word, findInStores(chosen, { text: word }));
  const session = showSession(chosen.host, found, chosen);
  if (view.json) writeJson({ ok: true, ...session }, io.stdout);
  else io.stdout(`${sessionLines(session, io.columns).join("\n")}\n`);
  reportFindings(chosen.settings.findings, view, io);
  await warnOfPending({ ...chosen, targets: [found.target] }, view, io);
  return 0;
};

function sessionLines(session: ShownSession, width: number | undefined): readonly string[] {
  const { lease, transcript, entry } = session;
  const facts: (readonly [string, string | null])[] = [
    ["key", session.key],
    ["agent", session.agentId],
    ["kind", session.kind],
    ["session id", session.sessionId],
    ["title", session.title],
    ["updated", timeText(session.updatedAt)],
    ["status", session.status],
    ["user", lease?.user ?? null],
    ["expires", timeText(lease?.expiresAt ?? null)],
    ["transcript", transcriptText(transcript)],
    ["not understood", session.rowFinding],
  ];
  const told = facts.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  const fields = Object.entries(entry).map(([name, value]) => [name, JSON.stringify(value)]);
  return [
    ...renderTable({ columns: [{ header: "Session" }, { header: "", least: 20 }], rows: told, width }),
    "",
    ...renderTable({ columns: [{ header: "Field" }, { header: "Value", least: 20 }], rows: fields, width }),
  ];
}

function transcriptText({ state, path, bytes }: ShownSession["transcript"]): string {
  if (path === null) return "the row names none";
  return state === "present" ? `${path} (${bytes} bytes)` : `${path} (${state})`;
}

/** A time beyond what a date can hold is shown as the number that it is. */
function timeText(atMs: number | null): string | null {
  if (atMs === null) return null;
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? String(atMs) : date.toISOString();
}
