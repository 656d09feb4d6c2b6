/** What can be repaired, in the order in which it is done: what a later one looks at, an earlier one has mended. */
export const repairDomains = [
  "index",
  "dialect",
  "keys",
  "paths",
  "transcripts",
  "slim",
  "locks",
  "permissions",
] as const;

/** One kind of repair, as the command line names it. */
export type RepairDomain = (typeof repairDomains)[number];

/** One thing that a repair does, with its reasons. Names and counts only, never conversation text. */
export interface Mend {
  readonly domain: RepairDomain;
  /** Stable word (`row-rebuilt`, `key-renamed`, `lock-retired`). */
  readonly what: string;
  /** The session key that the row has afterwards. */
  readonly key?: string;
  readonly sessionId?: string;
  /** Name of a file in the sessions directory. */
  readonly file?: string;
  /** What was there before: a key, a path, a mode, the name of the file that a row comes from. */
  readonly from?: string;
  readonly to?: string;
  /** How many things alike are meant, if not one. */
  readonly count?: number;
  /** Bytes that the store gets smaller by. */
  readonly savedBytes?: number;
  /** Stable words. */
  readonly reasons: readonly string[];
}

/** Something that is not in order and stays as it is, with the reason why. */
export interface Unmended {
  readonly domain: RepairDomain;
  readonly what: string;
  readonly key?: string;
  readonly file?: string;
  readonly reasons: readonly string[];
}
