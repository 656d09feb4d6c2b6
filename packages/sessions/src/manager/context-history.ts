import { StoreError } from "@sessionsmith/core";
import type { SessionStore } from "@sessionsmith/core/store";
import type { ContextMessage } from "../context/context-item.ts";
import { type CountTokens, estimateTokens } from "../context/count-tokens.ts";
import { type ContextBudget, recentContext } from "../context/recent-context.ts";
import { smartContext } from "../context/smart-context.ts";
import {
  planSummary,
  readForSummary,
  type SummarizedContext,
  type Summarize,
  withSummary,
} from "../context/summarized-context.ts";
import { type ManagerCore, requireSession } from "./manager-core.ts";

/** What a model shall see of a session. */
export interface ContextQuery {
  readonly sessionId: string;
  /** From 1 on. */
  readonly maxTokens: number;
  /**
   * `smart` (the default): messages of the system, pinned, new and important ones. `recent`: the newest that fit. `summarize`: a
   * summary in the place of older messages, once all of them do not fit any more.
   */
  readonly strategy?: "recent" | "smart" | "summarize";
  /** Default: an estimate of one token for every four bytes. */
  readonly countTokens?: CountTokens;
  /** Makes summaries for `summarize`; wins over that of the manager. */
  readonly summarize?: Summarize;
}

/** The messages that a model should see; see `SessionManager.getContextHistory`. */
export async function contextHistory(
  core: ManagerCore,
  query: ContextQuery,
): Promise<readonly ContextMessage[]> {
  const { sessionId, maxTokens, strategy = "smart", countTokens = estimateTokens, summarize } = query;
  if (!(Number.isSafeInteger(maxTokens) && maxTokens >= 1))
    throw new StoreError("E_USAGE", `maxTokens has to be a whole number from 1 on, not ${maxTokens}.`);
  const budget = { maxTokens, count: countTokens };
  const { tally } = await requireSession(core, sessionId);
  const { store } = await core.storage();
  if (strategy === "recent")
    return (await store.read(sessionId, (lines) => recentContext(lines, budget))) ?? [];
  if (strategy === "smart")
    return (await store.read(sessionId, (lines) => smartContext(lines, budget, tally.anchors))) ?? [];
  if (strategy === "summarize")
    return summarizedContext(core, { store, sessionId, budget, summarize, anchors: tally.anchors });
  throw new StoreError(
    "E_USAGE",
    `A strategy is recent, smart or summarize, not ${JSON.stringify(strategy)}.`,
  );
}

interface SummaryOrder {
  readonly store: SessionStore;
  readonly sessionId: string;
  readonly budget: ContextBudget;
  readonly summarize: Summarize | undefined;
  readonly anchors: number;
}

async function summarizedContext(core: ManagerCore, order: SummaryOrder): Promise<readonly ContextMessage[]> {
  const { store, sessionId, budget, summarize, anchors } = order;
  if (summarize === undefined)
    throw new StoreError("E_NO_SUMMARIZER", "There is nothing that makes a summary. Nothing was changed.", {
      hint: "Give the manager, or the call, a function `summarize`; the strategies recent and smart need none.",
    });
  const plan = await store.read(sessionId, (lines) => readForSummary(lines, budget.count, anchors));
  if (plan === undefined) return [];
  const context = planSummary(plan, budget);
  if (context.state === "fits") return context.messages;
  const content = await summarize(context.request);
  const message: ContextMessage = {
    id: core.host.ids.uuid(),
    role: "system",
    content,
    createdAt: core.host.clock.now(),
    isSummary: true,
  };
  const messages = withSummary(plan.system, context, { message, count: budget.count });
  await keepSummary(core, order, { context, message });
  return messages;
}

/** Keeps a summary as a compaction entry (OpenClaw 2026.5.28 transcript format): the next call begins with it. */
async function keepSummary(
  core: ManagerCore,
  { store, sessionId, budget }: SummaryOrder,
  {
    context,
    message,
  }: {
    readonly context: SummarizedContext & { readonly state: "too-long" };
    readonly message: ContextMessage;
  },
): Promise<void> {
  const kept = context.kept.flatMap(({ items }) => items).toSorted((one, other) => one.at - other.at);
  const [first] = kept;
  // Without an id nobody could say later where the summary ends.
  if (first?.message.id === "") return;
  const tokensBefore = context.request.messages.reduce((sum, each) => sum + budget.count(each), 0);
  const { key } = await requireSession(core, sessionId);
  await core.gates.of(key).shared(async () => {
    await store.append(
      sessionId,
      (last) => ({
        type: "compaction",
        id: message.id,
        parentId: typeof last?.["id"] === "string" ? last["id"] : null,
        timestamp: new Date(message.createdAt ?? 0).toISOString(),
        summary: message.content,
        // Nothing was kept: then the summary itself is the first entry that counts.
        firstKeptEntryId: first?.message.id ?? message.id,
        tokensBefore,
        fromHook: true,
      }),
      { needsRow: true },
    );
  });
  core.flushLater(key);
}
