import type { StoredLine } from "@sessionsmith/core/store";
import { anchorsOf, isAnchor } from "./anchors.ts";
import type { RankedUnit, UnitRank } from "./choose-smart.ts";
import { type ContextItem, contextRecord } from "./context-item.ts";
import type { ContextBudget } from "./recent-context.ts";
import { collectUnits, type ContextUnit } from "./tool-units.ts";

/** Takes the lines of a transcript from the newest to the oldest, and ranks what they make. */
export interface GatheredUnits {
  take(line: StoredLine): void;
  /** {@link take} if the line is an anchor, or was given a label. */
  takeAnchor(line: StoredLine): void;
  /**
   * Tells whether older lines can only matter as anchors: the newest units are more than fits, and of all that was given a
   * label nothing is missing but what is among these ids.
   */
  isFull(ids: ReadonlySet<unknown>): boolean;
  /** How many anchors were met; those of a tool result when its call was met too. */
  anchors(): number;
  /** From the newest to the oldest. */
  units(): readonly RankedUnit[];
}

/** Begins with no line. @param firstUserAt where the first message of the user stands */
export function gatherUnits(
  { maxTokens, count }: ContextBudget,
  firstUserAt: number | undefined,
): GatheredUnits {
  const collector = collectUnits();
  const ranked: RankedUnit[] = [];
  /** By id of an entry whether its newest label is one: the newest is met first. */
  const labels = new Map<string, boolean>();
  const missing = new Set<string>();
  let newestTokens = 0;
  let anchors = 0;
  const add = (unit: ContextUnit) => {
    for (const { message } of unit.items) {
      missing.delete(message.id);
      anchors += isAnchor(message) ? 1 : 0;
    }
    const rank = rankOf(unit, labels, firstUserAt);
    ranked.push({ unit, rank });
    if (rank === "plain" || rank === "important") newestTokens += unit.tokens;
  };
  const noteLabel = (targetId: string, isLabel: boolean) => {
    anchors += 1;
    if (labels.has(targetId)) return;
    labels.set(targetId, isLabel);
    if (isLabel) missing.add(targetId);
  };
  const take = (line: StoredLine) => {
    const read = contextRecord(line, count);
    if (read?.kind === "label") noteLabel(read.targetId, read.label !== undefined);
    if (read === undefined || read.kind === "label") return;
    const unit = read.kind === "summary" ? alone(read.item) : collector.take(read.item);
    if (unit !== undefined) add(unit);
  };
  return {
    take,
    takeAnchor: (line) => {
      const { id } = line.record;
      const isPinned = typeof id === "string" && labels.get(id) === true;
      if (isPinned || line.at === firstUserAt || anchorsOf(line.record) > 0) take(line);
    },
    isFull: (ids) => newestTokens > maxTokens && [...missing].every((id) => ids.has(id)),
    anchors: () => anchors,
    units: () => ranked,
  };
}

function alone(item: ContextItem): ContextUnit {
  return { items: [item], tokens: item.tokens };
}

function rankOf(
  { items }: ContextUnit,
  labels: ReadonlyMap<string, boolean>,
  firstUserAt: number | undefined,
): UnitRank {
  const some = (test: (item: ContextItem) => boolean) => items.some((item) => test(item));
  if (some(({ message }) => message.role === "system" && message.isSummary !== true)) return "system";
  if (some(({ message }) => labels.get(message.id) === true)) return "pinned";
  const isImportant = some(
    ({ at, message }) => message.important === true || message.isSummary === true || at === firstUserAt,
  );
  return isImportant ? "important" : "plain";
}
