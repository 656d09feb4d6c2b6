import { StoreError } from "@sessionsmith/core";
import type { TranscriptReader } from "@sessionsmith/core/store";
import { anchorsOf } from "./anchors.ts";
import { leftAfter } from "./choose-smart.ts";
import { type ContextItem, type ContextMessage, contextRecord } from "./context-item.ts";
import { countWith, type CountTokens } from "./count-tokens.ts";
import type { ContextBudget } from "./recent-context.ts";
import { collectUnits, type ContextUnit, messagesOf, sumTokens } from "./tool-units.ts";

/** What a summary shall stand for. */
export interface SummaryRequest {
  /** Oldest first. */
  readonly messages: readonly ContextMessage[];
  /** What stands for the messages before these; undefined if there are none. */
  readonly previousSummary: string | undefined;
  /** What the summary may take at most. */
  readonly maxTokens: number;
}

/** Makes a summary: the host's own function, by a model or any other way. */
export type Summarize = (request: SummaryRequest) => string | Promise<string>;

/** A conversation as a summary needs it. */
export interface SummaryPlan {
  readonly system: readonly ContextUnit[];
  /** The newest summary that the transcript has. */
  readonly previous: ContextItem | undefined;
  /** What the newest summary does not stand for, newest first. */
  readonly units: readonly ContextUnit[];
}

/** The context, or what has to be summarised to make it. */
export type SummarizedContext =
  | { readonly state: "fits"; readonly messages: readonly ContextMessage[] }
  | { readonly state: "too-long"; readonly request: SummaryRequest; readonly kept: readonly ContextUnit[] };

/** The part of the budget that messages may take which stay as they are, when others are summarised. */
const keptShare = 1 / 2;

/**
 * Reads what a summarised context is made of: back from the end to the first message that the newest summary left, and to the
 * last of the anchors, for the messages of the system.
 * @param anchors as `smartContext` has it
 */
export function readForSummary(
  transcript: TranscriptReader,
  count: CountTokens,
  anchors: number | undefined,
): SummaryPlan {
  const collector = collectUnits();
  const system: ContextUnit[] = [];
  const units: ContextUnit[] = [];
  let previous: ContextItem | undefined;
  let firstKeptId: string | undefined;
  let isCovered = false;
  let missing = anchors ?? Infinity;
  for (const line of transcript.newestFirst()) {
    missing -= anchorsOf(line.record);
    const read = contextRecord(line, count);
    if (read?.kind === "summary" && read.firstKeptId !== undefined && previous === undefined) {
      previous = read.item;
      firstKeptId = read.firstKeptId;
    } else if (read?.kind === "message" && read.item.message.role === "system") {
      system.push({ items: [read.item], tokens: read.item.tokens });
    } else if (read?.kind === "message" && !isCovered) {
      const unit = collector.take(read.item);
      if (unit !== undefined) units.push(unit);
    }
    if (firstKeptId !== undefined && line.record["id"] === firstKeptId) isCovered = true;
    if (isCovered && missing <= 0) break;
  }
  return { system, previous, units };
}

/**
 * Tells whether a conversation fits, with the summary that it has. If it does not, the newest messages stay as they are up to
 * half of what the system leaves, and the others are to be summarised.
 * @throws StoreError E_BUDGET if the messages of the system alone do not fit
 */
export function planSummary(plan: SummaryPlan, { maxTokens }: ContextBudget): SummarizedContext {
  const { system, previous, units } = plan;
  const left = leftAfter(system, maxTokens);
  const before = previous === undefined ? [] : [alone(previous)];
  if (sumTokens([...before, ...units]) <= left)
    return { state: "fits", messages: contextOf(system, previous?.message, units) };
  const kept: ContextUnit[] = [];
  for (const unit of units) {
    if (sumTokens(kept) + unit.tokens > left * keptShare) break;
    kept.push(unit);
  }
  const messages = messagesOf(units.slice(kept.length));
  const request = {
    messages,
    previousSummary: previous?.message.content,
    maxTokens: left - sumTokens(kept),
  };
  return { state: "too-long", request, kept };
}

/**
 * Puts a context together: messages of the system, the summary, and the messages that it left.
 * @throws StoreError E_BUDGET if the summary is longer than it may be
 */
export function withSummary(
  system: readonly ContextUnit[],
  { request, kept }: SummarizedContext & { readonly state: "too-long" },
  summary: { readonly message: ContextMessage; readonly count: CountTokens },
): readonly ContextMessage[] {
  const needed = countWith(summary.count, summary.message);
  if (needed <= request.maxTokens) return contextOf(system, summary.message, kept);
  throw new StoreError(
    "E_BUDGET",
    `The summary takes ${needed} tokens, and may take ${request.maxTokens}. It was not kept.`,
    { hint: "Let the summariser heed maxTokens.", details: { needed, maxTokens: request.maxTokens } },
  );
}

function contextOf(
  system: readonly ContextUnit[],
  summary: ContextMessage | undefined,
  units: readonly ContextUnit[],
): readonly ContextMessage[] {
  return [...messagesOf(system), ...(summary === undefined ? [] : [summary]), ...messagesOf(units)];
}

function alone(item: ContextItem): ContextUnit {
  return { items: [item], tokens: item.tokens };
}
