import { join } from "node:path";
import { errnoOf, isStoreError } from "@sessionsmith/core";
import type { Host, StoreTarget } from "@sessionsmith/core";
import type { ChosenStores } from "./choose-stores.ts";
import type { CliIo } from "./io.ts";
import type { OutputView } from "./output-view.ts";
import { safeText } from "./render/safe-text.ts";

const notTold = "it can't be told whether an operation was interrupted";

/**
 * Says on standard error which operations on the chosen stores were interrupted: what a reader shows then may be about to
 * change. Costs one look where no operation was ever done. What can't be looked at is said, and is no error.
 */
export async function warnOfPending(
  { host, targets }: Pick<ChosenStores, "host" | "targets">,
  view: OutputView,
  io: CliIo,
): Promise<void> {
  if (view.quiet) return;
  const seen = new Set<string>();
  for (const target of targets) {
    // oxlint-disable-next-line no-await-in-loop -- each directory once
    for (const line of await pendingLines(host, target, seen))
      io.stderr(`sessionsmith: agent ${safeText(`${target.agentId}: ${line}`)}\n`);
  }
}

async function pendingLines(
  host: Host,
  { sessionsDir }: StoreTarget,
  seen: Set<string>,
): Promise<readonly string[]> {
  try {
    const realDir = host.fs.realpath(sessionsDir);
    if (realDir === undefined || seen.size === seen.add(realDir).size) return [];
    const operations = join(realDir, ".sessionsmith", "operations");
    if (host.fs.lstat(operations) === undefined) return [];
    return await interruptedLines(host, realDir);
  } catch (error) {
    if (isStoreError(error)) return [error.code === "E_IO" ? `${notTold}: ${error.message}` : error.message];
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return [`${notTold} (${errno})`];
  }
}

async function interruptedLines(host: Host, realDir: string): Promise<readonly string[]> {
  const { nodeEngineHost, pendingOperations } = await import("./writing.ts");
  return pendingOperations(nodeEngineHost(host).fs, realDir).map(
    ({ id, command = "unknown", trouble }) => `operation ${id} (${command}) ${troubleWords[trouble]}`,
  );
}

const troubleWords = {
  interrupted: "was interrupted; `sessionsmith recover` finishes it or takes it back.",
  "end-lost": "is over, but the end of its journal was lost; `sessionsmith recover` writes it again.",
  "journal-lost":
    "is over, but its journal has lost more than its end; `sessionsmith recover` tells what helps.",
} as const;
