import { requireOneSession } from "@sessionsmith/sessions";
import { resetSession } from "@sessionsmith/sessions/change";
import type { CommandHandler } from "../command-spec.ts";
import { runChange } from "../change-call.ts";
import { chooseForSession, findInStores } from "../find-session.ts";

/** Runs `sessionsmith reset`. */
export const runReset: CommandHandler = async (call) => {
  const [word = ""] = call.arguments;
  const chosen = chooseForSession(call, await call.io.loadHost(), word);
  const { target, row } = requireOneSession(word, findInStores(chosen, { text: word }));
  return runChange(call, {
    chosen,
    target,
    work: (scope, options) => resetSession(scope, { key: row.key }, options),
    text: ({ key, sessionId, archived, dryRun }) => [
      dryRun ? `Would begin ${key} anew.` : `Began ${key} anew with session id ${sessionId}.`,
      ...archived.map((path) => (dryRun ? `Would archive: ${path}` : `Archived: ${path}`)),
    ],
  });
};
