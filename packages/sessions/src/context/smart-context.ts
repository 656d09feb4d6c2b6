import type { StoredLine, TranscriptReader } from "@sessionsmith/core/store";
import { anchorsOf } from "./anchors.ts";
import { chooseSmart } from "./choose-smart.ts";
import { type ContextMessage, contextRecord } from "./context-item.ts";
import { gatherUnits } from "./gather-units.ts";
import type { ContextBudget } from "./recent-context.ts";
import { messagesOf } from "./tool-units.ts";

/**
 * Messages of the system, pinned, new and important ones, in the order of the transcript, that fit together: see `chooseSmart`.
 * Reads from the start to the first message of the user, and back from the end until the budget is full and every anchor was
 * met.
 * @param anchors how many anchors the lines of the transcript are together (see `anchorsOf`); undefined if nobody knows: then all
 * of it is read
 * @throws StoreError E_BUDGET if the messages of the system alone do not fit
 */
export function smartContext(
  transcript: TranscriptReader,
  budget: ContextBudget,
  anchors: number | undefined,
): readonly ContextMessage[] {
  const head = readHead(transcript);
  const gathered = gatherUnits(budget, head.firstUserAt);
  const between = (anchors ?? Infinity) - head.anchors;
  let isWhole = true;
  for (const line of transcript.newestFirst()) {
    gathered.take(line);
    if (line.at <= head.endAt || gathered.anchors() < between || !gathered.isFull(head.ids)) continue;
    isWhole = false;
    break;
  }
  // Of a head that was not reached only what is old and yet needed is taken.
  if (!isWhole) for (const line of head.lines.toReversed()) gathered.takeAnchor(line);
  return messagesOf(chooseSmart(gathered.units(), budget.maxTokens));
}

/** The beginning of a transcript, up to the first message of the user. */
interface Head {
  readonly lines: readonly StoredLine[];
  /** Where the last of them stands; -1 if there is none. */
  readonly endAt: number;
  readonly firstUserAt: number | undefined;
  /** Anchors among them that need no other line: a tool call is nothing without its result. */
  readonly anchors: number;
  /** Ids of lines that need no other line. */
  readonly ids: ReadonlySet<unknown>;
}

function readHead(transcript: TranscriptReader): Head {
  const lines: StoredLine[] = [];
  const ids = new Set<unknown>();
  let anchors = 0;
  let firstUserAt: number | undefined;
  for (const line of transcript.oldestFirst()) {
    lines.push(line);
    const found = contextRecord(line, () => 0);
    const message = found?.kind === "message" ? found.item.message : undefined;
    if (message?.toolCallId === undefined && message?.toolCalls === undefined) {
      ids.add(line.record["id"]);
      anchors += anchorsOf(line.record);
    }
    if (message?.role !== "user") continue;
    firstUserAt = line.at;
    break;
  }
  return { lines, endAt: lines.at(-1)?.at ?? -1, firstUserAt, anchors, ids };
}
