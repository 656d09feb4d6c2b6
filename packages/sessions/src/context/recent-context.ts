import type { TranscriptReader } from "@sessionsmith/core/store";
import type { ContextMessage } from "./context-item.ts";
import { contextRecord } from "./context-item.ts";
import type { CountTokens } from "./count-tokens.ts";
import { collectUnits, type ContextUnit, messagesOf } from "./tool-units.ts";

/** How much a context may hold, and how that is counted. */
export interface ContextBudget {
  readonly maxTokens: number;
  readonly count: CountTokens;
}

/**
 * The newest messages that fit, in the order of the transcript: it ends before the first that does not fit, and reads no
 * further. Tool calls and their results are in it together, or not at all.
 */
export function recentContext(
  transcript: TranscriptReader,
  { maxTokens, count }: ContextBudget,
): readonly ContextMessage[] {
  const units: ContextUnit[] = [];
  const collector = collectUnits();
  let left = maxTokens;
  for (const line of transcript.newestFirst()) {
    const found = contextRecord(line, count);
    if (found?.kind !== "message") continue;
    if (collector.waitingTokens() + found.item.tokens > left) break;
    const unit = collector.take(found.item);
    if (unit === undefined) continue;
    units.push(unit);
    left -= unit.tokens;
  }
  return messagesOf(units);
}
