import type { StoreTarget } from "@sessionsmith/core";
import { requireOneSession } from "@sessionsmith/sessions";
import type { FoundSession } from "@sessionsmith/sessions";
import { deleteSessions } from "@sessionsmith/sessions/change";
import type { DeleteAnswer, DeleteOrder } from "@sessionsmith/sessions/change";
import type { CommandHandler } from "../command-spec.ts";
import { runChange } from "../change-call.ts";
import { chooseForSession, findInStores } from "../find-session.ts";
import type { GivenOptions } from "../options/given-options.ts";
import { ifKindOption, keepTranscriptOption, toTrashOption } from "../options/session-options.ts";
import { UsageError } from "../usage-error.ts";

/** Runs `sessionsmith delete`. */
export const runDelete: CommandHandler = async (call) => {
  const { io, options } = call;
  const [word = ""] = call.arguments;
  const transcript = transcriptPlace(options);
  const ifKind = options.value(ifKindOption);
  const chosen = chooseForSession(call, await io.loadHost(), word);
  const { target, keys } = rowsToDelete(word, findInStores(chosen, { text: word }));
  const order = { keys, transcript, ...(ifKind === undefined ? {} : { ifKind }) };
  return runChange(call, {
    chosen,
    target,
    besideGateway: true,
    work: (scope, changeOptions) => deleteSessions(scope, order, changeOptions),
    text: deleteLines,
  });
};

/** A session id means the session: all the rows of one store that have it. Every other word means one row. */
function rowsToDelete(
  word: string,
  found: readonly FoundSession[],
): { readonly target: StoreTarget; readonly keys: readonly string[] } {
  const [first] = found;
  const isOneSession =
    first !== undefined &&
    found.every(({ by, target }) => by === "session-id" && target.indexPath === first.target.indexPath);
  if (isOneSession) return { target: first.target, keys: found.map(({ row }) => row.key) };
  const { target, row } = requireOneSession(word, found);
  return { target, keys: [row.key] };
}

function transcriptPlace(options: GivenOptions): NonNullable<DeleteOrder["transcript"]> {
  const keeps = options.flag(keepTranscriptOption) === true;
  const trashes = options.flag(toTrashOption) === true;
  if (keeps && trashes) throw new UsageError("--trash can't be combined with --keep-transcript");
  if (keeps) return "keep";
  return trashes ? "trash" : "archive";
}

function deleteLines({ removedKeys, keptKeys, archived, dryRun }: DeleteAnswer): readonly string[] {
  return [
    ...removedKeys.map((key) => `${dryRun ? "Would delete" : "Deleted"} ${key}.`),
    ...keptKeys.map((key) => `Left ${key}: it is of another kind.`),
    ...archived.map((path) => `${dryRun ? "Would archive" : "Archived"}: ${path}`),
  ];
}
