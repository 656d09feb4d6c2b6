import type {
  AgentSettings,
  Finding,
  FindingId,
  JsonObject,
  SessionKind,
  StoreErrorCode,
  StoreTarget,
  TranscriptMessage,
} from "@sessionsmith/core";
import type { NextReset } from "./freshness/freshness.ts";
import type { ListQuery } from "./list-query.ts";

/** What a query selected: the newest rows that match it, and how the stores fared. */
export interface SessionSelection {
  readonly query: ListQuery;
  /** In the order of the targets. */
  readonly stores: readonly SelectedStore[];
  /** Rows that match, shown or not. */
  readonly totalCount: number;
  /** The rows to show: newest first, rows of unknown time last, rows of the same time in the order of stores and files. */
  readonly sessions: readonly SelectedSession[];
  /** On the indexes that were read, and on transcripts that were to be read. */
  readonly findings: readonly Finding[];
}

/** A store that was asked for. */
export interface SelectedStore {
  readonly target: StoreTarget;
  /** Why it could not be read; the other stores are listed all the same. */
  readonly error: { readonly code: StoreErrorCode; readonly message: string } | undefined;
}

/** One row to show, with all that any output needs. */
export interface SelectedSession {
  readonly key: string;
  /** The agent that the key names, else the one of the store. */
  readonly agentId: string;
  /** The settings of that agent, if it is configured. */
  readonly agent: AgentSettings | undefined;
  readonly kind: SessionKind;
  readonly sessionId: string | undefined;
  /** Epoch ms; undefined if unknown. */
  readonly updatedAt: number | undefined;
  /** The parsed row; empty if it is not understood. */
  readonly entry: JsonObject;
  /** Why the row is not understood; undefined if it is. */
  readonly rowFinding: FindingId | undefined;
  /** Only if titles were asked for. */
  readonly title: string | undefined;
  /** Only if OpenClaw's titles were asked for. */
  readonly derivedTitle?: string | undefined;
  /** When it gives way to a new one by itself; only if its store says so. */
  readonly nextReset?: NextReset | undefined;
  /** Only if previews were asked for, and the transcript has a message near its end. */
  readonly lastMessage: TranscriptMessage | undefined;
}

/** True if the rows of several stores stand in one list. */
export function isAggregated({
  query,
  stores,
}: {
  readonly query: Pick<ListQuery, "allAgents">;
  readonly stores: SessionSelection["stores"];
}): boolean {
  return query.allAgents || stores.length > 1;
}
