import { parseRow } from "@sessionsmith/core";
import type { JsonObject } from "@sessionsmith/core";
import { requireOneSession } from "@sessionsmith/sessions";
import { createLeasedSession, patchFromWords } from "@sessionsmith/sessions/change";
import type { LeasedAnswer } from "@sessionsmith/sessions/change";
import type { CommandHandler } from "../command-spec.ts";
import { runChange } from "../change-call.ts";
import { chooseStores } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import { chooseForSession, findInStores } from "../find-session.ts";
import { leaseUserOption, likeOption } from "../options/lease-options.ts";
import { idFormOption, keyOption, newLabelOption, setOption } from "../options/session-options.ts";
import { UsageError } from "../usage-error.ts";
import { foreignLease, leaseLines } from "./lease-lines.ts";
import { readMeta, readTtl } from "./lease-words.ts";

/** Runs `sessionsmith create`. */
export const runCreate: CommandHandler = async (call) => {
  const { io, options } = call;
  const host = await io.loadHost();
  const key = options.value(keyOption);
  const label = options.value(newLabelOption);
  const patch = patchFromWords(options.list(setOption), []);
  if (label !== undefined && Object.hasOwn(patch, "label"))
    throw new UsageError("label is given twice: by --label and by --set");
  const user = options.value(leaseUserOption) ?? "anonymous";
  const meta = readMeta(options);
  const ttl = readTtl(options);
  const isHex = options.value(idFormOption) === "hex12";
  const chosen = key === undefined ? chooseStores(call, host) : chooseForSession(call, host, key);
  const target = onlyTarget(chosen.targets);
  const like = options.value(likeOption);
  const model = like === undefined ? undefined : templateOf(chosen, like);
  const order = {
    ...(key === undefined ? {} : { key }),
    ...(label === undefined ? {} : { label }),
    ...(isHex ? { sessionId: host.ids.uuid().replaceAll("-", "").slice(0, 12) } : {}),
    patch,
    lease: { user, meta, ...(ttl === undefined ? {} : { ttlSeconds: ttl }) },
    ...(model === undefined ? {} : { like: model }),
  };
  return runChange<LeasedAnswer>(call, {
    chosen,
    target,
    besideGateway: true,
    work: (scope, changeOptions) => createLeasedSession(scope, order, changeOptions),
    text: ({ session }) => [
      `Created ${session.key} with session id ${session.sessionId}.`,
      ...leaseLines(session),
    ],
    foreign: foreignLease(options),
  });
};

/** The row of the session that the new one is to be like. */
function templateOf(chosen: ChosenStores, word: string): JsonObject {
  const { document, row } = requireOneSession(word, findInStores(chosen, { text: word }));
  const entry = parseRow(document, row);
  if (entry === undefined) throw new UsageError("--like: the row of that session is not understood");
  return entry;
}

function onlyTarget<T>(targets: readonly T[]): T {
  const [only, ...others] = targets;
  if (only !== undefined && others.length === 0) return only;
  throw new UsageError("a session is created in one store: name it with --agent or --store");
}
