import { counted } from "../render/counted.ts";
import { isAbsolute, resolve } from "node:path";
import { parseRowTime, StoreError } from "@sessionsmith/core";
import type { Host } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import { requireOneSession, transcriptFinder } from "@sessionsmith/sessions";
import type { FoundSession } from "@sessionsmith/sessions";
import { writeTrajectory } from "@sessionsmith/sessions/change";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import { chooseForSession, findInStores } from "../find-session.ts";
import { bundleNameOption, sessionKeyOption, workspaceOption } from "../options/trajectory-options.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { reportFindings } from "../report-findings.ts";
import { UsageError } from "../usage-error.ts";
import { warnOfPending } from "../warn-of-pending.ts";

/** Runs `sessionsmith export-trajectory`. */
export const runExportTrajectory: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const word = sessionWord(call);
  const chosen = chooseForSession(call, await io.loadHost(), word);
  const { host, stateDir, now } = chosen;
  const found = requireOneSession(word, findInStores(chosen, { text: word }));
  const workspaceDir = resolve(host.cwd, options.value(workspaceOption) ?? ".");
  const output = options.value(bundleNameOption);
  const { sessionId, transcript } = requireTranscript(host, found);
  const { outputDir, displayPath, bundle } = writeTrajectory(nodeEngineHost(host), {
    transcript,
    sessionId,
    sessionKey: found.row.key,
    workspaceDir,
    stateDir,
    now,
    ...(output === undefined ? {} : { names: namesIn(output) }),
  });
  const { eventCount, runtimeEventCount, transcriptEventCount } = bundle;
  const files = bundle.files.map(({ name }) => name);
  const counts = { eventCount, runtimeEventCount, transcriptEventCount };
  if (view.json) writeJson({ outputDir, displayPath, sessionId, ...counts, files }, io.stdout);
  else
    io.stdout(
      `Wrote ${counted(eventCount, "event")} in ${counted(files.length, "file")} to ${safeText(outputDir)}.\n`,
    );
  reportFindings(chosen.settings.findings, view, io);
  await warnOfPending({ ...chosen, targets: [found.target] }, view, io);
  return 0;
};

function sessionWord({ options, arguments: [word] }: CommandCall): string {
  const key = options.value(sessionKeyOption);
  if (key !== undefined && word !== undefined) throw new UsageError("the session is given twice");
  const given = key ?? word;
  if (given === undefined) throw new UsageError("which session? Give its key, id or label");
  return given;
}

/** The names below the directory of the bundles. */
function namesIn(output: string): readonly string[] {
  const names = output.split(/[/\\]/).filter((name) => name !== "" && name !== ".");
  if (isAbsolute(output) || names.length === 0 || names.includes("..") || output.includes("\0"))
    throw new UsageError(
      `--output "${output}" does not stay inside .openclaw/trajectory-exports`,
      "Give a name.",
    );
  return names;
}

function requireTranscript(
  host: Host,
  { target, document, row }: FoundSession,
): { readonly sessionId: string; readonly transcript: string } {
  const time = parseRowTime(row.updatedAt);
  const candidate = { target, document, row, updatedAt: time.known ? time.atMs : undefined };
  const transcript = transcriptFinder(host)(candidate);
  if (transcript !== undefined && row.sessionId !== undefined)
    return { sessionId: row.sessionId, transcript: transcript.path };
  throw new StoreError("E_NOT_FOUND", `The session ${row.key} has no transcript here. Nothing was written.`, {
    hint: "`sessionsmith show` says where it is expected.",
    details: { key: row.key },
  });
}
