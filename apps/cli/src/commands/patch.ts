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
  const { target, row } = requireOneSession(word, findInStores(chosen, { text: word }));
  return runChange(call, {
    chosen,
    target,
    besideGateway: true,
    work: (scope, changeOptions) => patchSession(scope, { key: row.key, patch }, changeOptions),
    text: ({ key, entry }) => [
      `Patched ${key}:`,
      ...fields.map((field) => {
        const value = entry[field === "model" ? "modelOverride" : field];
        return `  ${field}: ${value === undefined ? "cleared" : JSON.stringify(value)}`;
      }),
    ],
  });
};
