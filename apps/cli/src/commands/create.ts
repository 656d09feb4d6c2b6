import { createSession, patchFromWords } from "@sessionsmith/sessions/change";
import type { CommandHandler } from "../command-spec.ts";
import { runChange } from "../change-call.ts";
import { chooseStores } from "../choose-stores.ts";
import { chooseForSession } from "../find-session.ts";
import { idFormOption, keyOption, newLabelOption, setOption } from "../options/session-options.ts";
import { UsageError } from "../usage-error.ts";

/** Runs `sessionsmith create`. */
export const runCreate: CommandHandler = async (call) => {
  const { io, options } = call;
  const host = await io.loadHost();
  const key = options.value(keyOption);
  const label = options.value(newLabelOption);
  const patch = patchFromWords(options.list(setOption), []);
  const isHex = options.value(idFormOption) === "hex12";
  const chosen = key === undefined ? chooseStores(call, host) : chooseForSession(call, host, key);
  const target = onlyTarget(chosen.targets);
  const order = {
    ...(key === undefined ? {} : { key }),
    ...(label === undefined ? {} : { label }),
    ...(isHex ? { sessionId: host.ids.uuid().replaceAll("-", "").slice(0, 12) } : {}),
    patch,
  };
  return runChange(call, {
    chosen,
    target,
    work: (scope, changeOptions) => createSession(scope, order, changeOptions),
    text: ({ key: made, sessionId }) => [`Created ${made} with session id ${sessionId}.`],
  });
};

function onlyTarget<T>(targets: readonly T[]): T {
  const [only, ...others] = targets;
  if (only !== undefined && others.length === 0) return only;
  throw new UsageError("a session is created in one store: name it with --agent or --store");
}
