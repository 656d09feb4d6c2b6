import { requireOneSession } from "@sessionsmith/sessions";
import { changeLease } from "@sessionsmith/sessions/change";
import type { LeaseAnswer, LeaseOrder } from "@sessionsmith/sessions/change";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import { runChange } from "../change-call.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { chooseForSession, findInStores } from "../find-session.ts";
import { UsageError } from "../usage-error.ts";
import { leaseLines, foreignLease } from "./lease-lines.ts";
import { metaValue, readTtl } from "./lease-words.ts";

/** Runs `sessionsmith set`. */
export const runSet: CommandHandler = (call) => {
  const [, name = "", text = ""] = call.arguments;
  if (name.trim() === "") throw new UsageError("set needs a key that is not empty");
  return changeOne(call, { what: "set", name, value: metaValue(call.options, text) });
};

/** Runs `sessionsmith expire`. */
export const runExpire: CommandHandler = (call) => changeOne(call, { what: "expire" });

/** Runs `sessionsmith refresh`. */
export const runRefresh: CommandHandler = (call) => {
  const ttlSeconds = readTtl(call.options);
  return changeOne(call, { what: "refresh", ...(ttlSeconds === undefined ? {} : { ttlSeconds }) });
};

async function changeOne(call: CommandCall, order: LeaseOrder): Promise<ExitStatus> {
  const [word = ""] = call.arguments;
  const chosen = chooseForSession(call, await call.io.loadHost(), word);
  const { row, target } = requireOneSession(word, findInStores(chosen, { text: word }));
  return runChange<LeaseAnswer>(call, {
    chosen,
    target,
    besideGateway: true,
    work: (scope, options) => changeLease(scope, { key: row.key, order }, options),
    text: ({ session }) => leaseLines(session),
    foreign: foreignLease(call.options),
  });
}
