import type { RowKind } from "@sessionsmith/core";

/** Which ended sessions are asked for. Every filter that is given must hold. */
export interface HistoryQuery {
  /** Epoch ms. */
  readonly now: number;
  /** True if every agent was asked for. */
  readonly allAgents: boolean;
  /** Rows to show, the newest end first. */
  readonly limit: number | "all";
  /** Rows to skip before the first one shown. */
  readonly offset: number;
  /** A whole session key, session id or label; all generations of it are shown. */
  readonly session?: string;
  /** True leaves out what was brought back. */
  readonly onlyEnded?: boolean;
  /** Only sessions that ended at or after it; epoch ms. */
  readonly since?: number;
  /** Case-insensitive part of the key, the session id or the label. */
  readonly search?: string;
  /** The whole label. */
  readonly label?: string;
  /** Sessions of any of these kinds. */
  readonly kinds?: readonly RowKind[];
}
