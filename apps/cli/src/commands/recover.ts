import { requireJsonEra } from "@sessionsmith/core";
import { closeJournals, nodeEngineHost, recoverStore } from "@sessionsmith/core/engine";
import type { RecoveredOperation } from "@sessionsmith/core/engine";
import { chooseStores } from "../choose-stores.ts";
import type { CommandHandler } from "../command-spec.ts";
import { reportFailedStores } from "../failed-stores.ts";
import { failuresOf, forEachStore } from "../for-each-store.ts";
import { outputView } from "../output-view.ts";
import { lockTimeoutMs, recoveredLines } from "../recover-first.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { reportFindings } from "../report-findings.ts";
import { openStoreDirs } from "../open-store-dirs.ts";

/** Runs `sessionsmith recover`. */
export const runRecover: CommandHandler = async (call) => {
  const { io, options } = call;
  const view = outputView(options, io);
  const chosen = chooseStores(call, await io.loadHost(), "every-store");
  const engine = nodeEngineHost(chosen.host);
  const dirs = openStoreDirs(chosen);
  const realDirs = new Map(dirs.map(({ target, realDir }) => [target, realDir]));
  const there = { ...chosen, targets: [...realDirs.keys()] };
  const results = await forEachStore(there, async (target) => {
    const realDir = realDirs.get(target);
    if (realDir === undefined) throw new Error("a store without its directory");
    requireJsonEra(chosen.host, target);
    const interrupted = await recoverStore(engine, realDir, { lockTimeoutMs });
    return [...interrupted, ...(await closeJournals(engine, realDir, { lockTimeoutMs }))];
  });
  const recovered = results.flatMap(({ target, ...result }) =>
    result.state === "done" ? result.value.map((operation) => ({ operation, agentId: target.agentId })) : [],
  );
  if (view.json) writeJson({ recovered: recovered.map(recoveredJson) }, io.stdout);
  else io.stdout(recoveredText(recovered.map(({ operation }) => operation)));
  reportFindings(chosen.findings, view, io);
  const failed = failuresOf(results);
  return reportFailedStores({ opened: results.length, failed, leftOut: chosen.leftOut }, view, io);
};

interface OfAgent {
  readonly operation: RecoveredOperation;
  readonly agentId: string;
}

function recoveredJson({ operation: { id, outcome, warnings }, agentId }: OfAgent): object {
  return { id, agentId, outcome, warnings };
}

function recoveredText(recovered: readonly RecoveredOperation[]): string {
  if (recovered.length === 0) return "Nothing was interrupted.\n";
  const lines = recovered.flatMap((operation) => {
    // What follows may begin with the name of a file.
    const [first = "", ...warnings] = recoveredLines(operation);
    return [capitalize(first), ...warnings];
  });
  return `${lines.map(safeText).join("\n")}\n`;
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
