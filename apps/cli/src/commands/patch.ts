import { parseRow } from "@sessionsmith/core";
import { requireOneSession } from "@sessionsmith/sessions";
import { patchFromWords, patchSession } from "@sessionsmith/sessions/change";
import type { CommandHandler } from "../command-spec.ts";
import { runChange } from "../change-call.ts";
import { chooseForSession, findInStores } from "../find-session.ts";
import { clearOption } from "../options/session-options.ts";
import { UsageError } from "../usage-error.ts";

/** Runs `sessionsmith patch`. */
export const runPatch: CommandHandler = async (call) => {
  const { io, options } = call;
  const [word = "", ...words] = call.arguments;
  const patch = patchFromWords(words, options.list(clearOption));
  const fields = Object.keys(patch);
  if (fields.length === 0) throw new UsageError("patch needs a field=value or a --clear");
  const chosen = chooseForSession(call, await io.loadHost(), word);
  const { target, row, document } = requireOneSession(word, findInStores(chosen, { text: word }));
  const before = parseRow(document, row) ?? {};
  return runChange(call, {
    chosen,
    target,
    besideGateway: true,
    work: (scope, changeOptions) => patchSession(scope, { key: row.key, patch }, changeOptions),
    text: ({ key, entry }) => [
      `Patched ${key}:`,
      ...fields.map((field) => {
        const name = field === "model" ? "modelOverride" : field;
        const cleared = before[name] === undefined ? "was not set, so nothing changed" : "cleared";
        return `  ${field}: ${entry[name] === undefined ? cleared : JSON.stringify(entry[name])}`;
      }),
    ],
  });
};
