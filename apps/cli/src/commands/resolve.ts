import { requireOneSession } from "@sessionsmith/sessions";
import type { CommandHandler } from "../command-spec.ts";
import { chooseForSession, findInStores } from "../find-session.ts";
import { resolveAsOption } from "../options/session-options.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";

/** Runs `sessionsmith resolve`. */
export const runResolve: CommandHandler = async (call) => {
  const { io, options } = call;
  const [word = ""] = call.arguments;
  const view = outputView(options, io);
  const as = options.value(resolveAsOption);
  const chosen = chooseForSession(call, await io.loadHost(), word);
  const sought = as === undefined ? { text: word } : { text: word, as };
  const { row, target, by } = requireOneSession(word, findInStores(chosen, sought));
  const { key, sessionId = null } = row;
  const answer = { ok: true, key, agentId: target.agentId, path: target.indexPath, sessionId, by };
  if (view.json) writeJson(answer, io.stdout);
  else io.stdout(`${safeText(key)}\n`);
  return 0;
};
