import type { ContextItem } from "./context-item.ts";

/** Messages that a context holds all or none of: one alone, or a message with tool calls and their results. */
export interface ContextUnit {
  /** In the order of the transcript. */
  readonly items: readonly ContextItem[];
  readonly tokens: number;
}

/** Puts tool calls and their results together, as messages come from the newest to the oldest. */
export interface UnitCollector {
  /** Takes the next older message. @returns the unit that it completes; undefined for a result whose call is still to come */
  take(item: ContextItem): ContextUnit | undefined;
  /** What the results take that wait for their call. A result whose call never comes belongs to no unit: no model accepts it. */
  waitingTokens(): number;
}

/** Begins with no message. */
export function collectUnits(): UnitCollector {
  const waiting = new Map<string, ContextItem[]>();
  let tokens = 0;
  return {
    take: (item) => {
      const { toolCallId, toolCalls = [] } = item.message;
      if (toolCallId !== undefined) {
        waiting.set(toolCallId, [...(waiting.get(toolCallId) ?? []), item]);
        tokens += item.tokens;
        return undefined;
      }
      const results = toolCalls.flatMap(({ id }) => waiting.get(id) ?? []);
      for (const { id } of toolCalls) waiting.delete(id);
      tokens -= sumTokens(results);
      const items = [item, ...results.toSorted((one, other) => one.at - other.at)];
      return { items, tokens: sumTokens(items) };
    },
    waitingTokens: () => tokens,
  };
}

/** What items, or units, take together. */
export function sumTokens(parts: readonly { readonly tokens: number }[]): number {
  return parts.reduce((sum, part) => sum + part.tokens, 0);
}

/** The messages of units, in the order of the transcript. */
export function messagesOf(units: readonly ContextUnit[]): readonly ContextItem["message"][] {
  const items = units.flatMap((unit) => unit.items);
  return items.toSorted((one, other) => one.at - other.at).map(({ message }) => message);
}
