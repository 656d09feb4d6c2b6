import type { EngineHost, RecoveredOperation } from "@sessionsmith/core/engine";
import { recoverStore } from "@sessionsmith/core/engine";
import type { CliIo } from "./io.ts";
import { safeText } from "./render/safe-text.ts";

/** How long a command waits for the lock of a store. */
export const lockTimeoutMs = 10_000;

/**
 * Finishes or takes back what was interrupted on a store, as every command that writes does before its own work, and says so on
 * standard error.
 * @returns what became of it; empty if there was nothing
 */
export async function recoverFirst(
  engine: EngineHost,
  realDir: string,
  io: CliIo,
): Promise<readonly RecoveredOperation[]> {
  const recovered = await recoverStore(engine, realDir, { lockTimeoutMs });
  tellRecovered(recovered, io);
  return recovered;
}

/** Says on standard error what became of interrupted operations. */
export function tellRecovered(recovered: readonly RecoveredOperation[], io: CliIo): void {
  for (const operation of recovered)
    for (const line of recoveredLines(operation)) io.stderr(`sessionsmith: ${safeText(line)}\n`);
}

/** What became of an interrupted operation, a line each. */
export function recoveredLines({ id, outcome, warnings }: RecoveredOperation): readonly string[] {
  return [`the interrupted operation ${id} was ${outcomeWords[outcome]}`, ...warnings];
}

const outcomeWords = {
  finished: "finished",
  "rolled-back": "taken back",
  discarded: "discarded: it had not begun to change anything",
} as const;
