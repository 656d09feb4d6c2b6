import type { SessionContent } from "./migrated-store.ts";

/** What a program says of one row of a migrated store. */
export interface MigratedRow {
  readonly key: string;
  readonly agentId: string;
  readonly sessionId: string;
  /** As its list has it. */
  readonly ageMs: number;
  /** What a dry-run of its cleanup with `--fix-missing` would do. */
  readonly action: string;
}

/** A row, with what the store holds of its session. */
export interface CountedRow extends MigratedRow, SessionContent {}

/** A row of which the two programs say different things, or that OpenClaw would remove though it has messages. */
export interface MigratedDifference {
  readonly key: string;
  readonly what: string;
  /** What explains it; undefined if nothing does. */
  readonly cause: "odd-time" | "managed-row" | undefined;
}

/** Epoch ms below which an `updatedAt` is no time in ms. */
const oddBelow = 1e11;

/** Lists where two programs differ on a migrated store. */
export function compareMigrated(
  ours: readonly CountedRow[],
  theirs: readonly MigratedRow[],
  now: number,
): readonly MigratedDifference[] {
  const oursByKey = new Map(ours.map((row) => [row.key, row]));
  const theirKeys = new Set(theirs.map(({ key }) => key));
  return [
    ...ours.flatMap(({ key }) =>
      theirKeys.has(key) ? [] : [{ key, what: "OpenClaw does not list it", cause: undefined }],
    ),
    ...theirs.flatMap((row) => {
      const own = oursByKey.get(row.key);
      return own === undefined
        ? [{ key: row.key, what: "only OpenClaw lists it", cause: undefined }]
        : [...compareRows(own, row, now), ...lostMessages(own, row)];
    }),
  ];
}

const fields = ["agentId", "sessionId", "ageMs", "action"] as const;

function compareRows(own: CountedRow, row: MigratedRow, now: number): readonly MigratedDifference[] {
  return fields
    .filter((field) => own[field] !== row[field])
    .map((field) => ({
      key: row.key,
      what: `${field}: ours ${own[field]}, theirs ${row[field]}`,
      cause: causeOf(field, own, now - row.ageMs),
    }));
}

function causeOf(
  field: (typeof fields)[number],
  { isManaged, action }: CountedRow,
  updatedAt: number,
): MigratedDifference["cause"] {
  if (field === "ageMs" && updatedAt < oddBelow) return "odd-time";
  return field === "action" && action === "keep" && isManaged ? "managed-row" : undefined;
}

/** With `--fix-missing` OpenClaw takes a transcript without a record `message` for an empty one. */
function lostMessages(own: CountedRow, { key, action }: MigratedRow): readonly MigratedDifference[] {
  if (action === "keep" || own.messages === 0) return [];
  return [{ key, what: `OpenClaw would remove it (${action}), but it has messages`, cause: undefined }];
}
