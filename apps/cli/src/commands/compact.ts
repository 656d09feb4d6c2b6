import { counted } from "../render/counted.ts";
import { requireOneSession } from "@sessionsmith/sessions";
import { compactSession } from "@sessionsmith/sessions/change";
import type { CompactAnswer } from "@sessionsmith/sessions/change";
import type { CommandHandler } from "../command-spec.ts";
import { runChange } from "../change-call.ts";
import { chooseForSession, findInStores } from "../find-session.ts";
import { maxLinesOption } from "../options/session-options.ts";
import { UsageError } from "../usage-error.ts";

/** Runs `sessionsmith compact`. */
export const runCompact: CommandHandler = async (call) => {
  const { io, options } = call;
  const [word = ""] = call.arguments;
  const keepLines = options.value(maxLinesOption);
  if (keepLines === undefined) throw new UsageError("compact needs --max-lines: how many lines are to stay");
  const chosen = chooseForSession(call, await io.loadHost(), word);
  const { target, row } = requireOneSession(word, findInStores(chosen, { text: word }));
  return runChange(call, {
    chosen,
    target,
    work: (scope, changeOptions) => compactSession(scope, { key: row.key, keepLines }, changeOptions),
    text: compactLines,
  });
};

function compactLines(answer: CompactAnswer): readonly string[] {
  const { key, compacted, reason, removedLines, keptLines, archivedPath, dryRun } = answer;
  if (reason !== undefined) return [`Nothing to compact in ${key}: ${reason}.`];
  if (!compacted) return [`Nothing to compact in ${key}: it has ${counted(keptLines, "line")}.`];
  const counts = `${counted(removedLines, "line")} of ${key}, ${keptLines} and the header stay.`;
  return [
    dryRun ? `Would remove ${counts}` : `Removed ${counts}`,
    ...(archivedPath === null ? [] : [`The whole transcript: ${archivedPath}`]),
  ];
}
