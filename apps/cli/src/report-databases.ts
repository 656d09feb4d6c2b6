import { basename } from "node:path";
import { readEra } from "@sessionsmith/core";
import type { Host } from "@sessionsmith/core";
import type { SelectedStore } from "@sessionsmith/sessions";
import type { CliIo } from "./io.ts";
import { safeText } from "./render/safe-text.ts";

/**
 * Says on standard error where sessions live in a database, or may live there: what is shown is what is left in the index.
 * @param done what was done with the rows: `listed`
 */
export function reportDatabases(
  { fs }: Host,
  stores: readonly SelectedStore[],
  { io, done }: { readonly io: CliIo; readonly done: string },
): void {
  for (const { target, error } of stores) {
    if (error !== undefined) continue;
    const { era, why } = readEra(fs, target);
    if (era === "json" || era === "empty") continue;
    const note = `agent ${target.agentId}: ${why} Only the rows of ${basename(target.indexPath)} are ${done} here.`;
    io.stderr(`sessionsmith: ${safeText(note)}\n`);
  }
}
