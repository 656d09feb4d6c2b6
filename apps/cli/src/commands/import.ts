import { resolve } from "node:path";
import { agentStoreTarget, normalizeAgentId, parseSessionKey } from "@sessionsmith/core";
import type { StoreTarget } from "@sessionsmith/core";
import { nodeEngineHost } from "@sessionsmith/core/engine";
import { importSessions, openExport } from "@sessionsmith/sessions/change";
import type { ImportAnswer, ImportedSession, ReadExport } from "@sessionsmith/sessions/change";
import { chooseStores } from "../choose-stores.ts";
import type { ChosenStores } from "../choose-stores.ts";
import type { CommandCall, CommandHandler } from "../command-spec.ts";
import { agentOption, storeOption } from "../options/selection-options.ts";
import { previewOption } from "../options/writing-options.ts";
import { lockTimeoutMs, tellRecovered } from "../recover-first.ts";
import { requireNoGateway } from "../require-no-gateway.ts";
import { UsageError } from "../usage-error.ts";
import { importLegacy } from "./import-legacy.ts";
import { writeImport } from "./write-import.ts";
import type { ImportReport } from "./write-import.ts";

/** Runs `sessionsmith import`. */
export const runImport: CommandHandler = async (call) => {
  const { io, options } = call;
  const [file = ""] = call.arguments;
  if (file.trim() === "") throw new UsageError("import needs the name of a file");
  const chosen = chooseStores(call, await io.loadHost());
  const path = resolve(chosen.host.cwd, file);
  const isChosen = options.value(storeOption) !== undefined || options.value(agentOption) !== undefined;
  const read = openExport(chosen.host.fs, path);
  const report =
    read === undefined
      ? await importLegacy(call, chosen, path)
      : await importExport(call, chosen, { path, read, isChosen });
  return writeImport(report, call);
};

interface ExportToImport {
  readonly path: string;
  readonly read: ReadExport;
  /** True if all sessions go into the store that was chosen. */
  readonly isChosen: boolean;
}

/** One operation for each store. */
async function importExport(
  { io, options }: CommandCall,
  chosen: ChosenStores,
  { path, read, isChosen }: ExportToImport,
): Promise<ImportReport> {
  const { host, settings, stateDir } = chosen;
  const dryRun = options.flag(previewOption) === true;
  const answers: ImportAnswer[] = [];
  for (const { target, sessions } of shares(read.sessions, chosen, isChosen)) {
    const scope = { host: nodeEngineHost(host), settings, stateDir, target };
    const work = (signal: AbortSignal) =>
      importSessions(
        scope,
        { file: path, sessions },
        {
          dryRun,
          signal,
          lockTimeoutMs,
          guard: (snapshot) =>
            requireNoGateway(snapshot, { ...chosen, io }, "Stop the gateway, then run the command again."),
        },
      );
    // oxlint-disable-next-line no-await-in-loop -- one store after the other
    const { answer, applied } = await io.interruptible(work);
    tellRecovered(applied.recovered, io);
    answers.push(answer);
  }
  return {
    file: path,
    dryRun,
    stores: answers.map(({ ok: _ok, dryRun: _dryRun, ...answer }) => answer),
    troubles: read.troubles,
  };
}

/** Which sessions go into which store, in the order of the file. */
function shares(
  sessions: readonly ImportedSession[],
  { host, settings, stateDir, targets }: ChosenStores,
  isChosen: boolean,
): readonly { readonly target: StoreTarget; readonly sessions: readonly ImportedSession[] }[] {
  const [only] = targets;
  if (isChosen && only !== undefined) return sessions.length === 0 ? [] : [{ target: only, sessions }];
  const byAgent = new Map<string, ImportedSession[]>();
  for (const session of sessions) {
    const agentId = normalizeAgentId(parseSessionKey(session.key).agentId ?? session.agentId);
    byAgent.set(agentId, [...(byAgent.get(agentId) ?? []), session]);
  }
  return [...byAgent].map(([agentId, own]) => ({
    target: agentStoreTarget(host, settings, { stateDir, agentId }),
    sessions: own,
  }));
}
