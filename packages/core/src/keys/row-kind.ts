import type { JsonObject } from "../json-value.ts";
import { readEntryText } from "../model/entry-view.ts";
import { coarseListKind } from "./coarse-list-kind.ts";
import { classifySessionKey, sessionKinds } from "./session-kind.ts";

/** The words for `--kind`: the fine kinds, and OpenClaw's coarse word for rows that another session spawned. */
export const rowKinds = [...sessionKinds, "spawn-child"] as const;

/** One of {@link rowKinds}. */
export type RowKind = (typeof rowKinds)[number];

/** A row, as far as its kind depends on it. */
export interface RowOfKind {
  readonly key: string;
  /** Gives the parsed row; undefined if it is not understood. Called only if the key can't answer. */
  readonly entry: () => JsonObject | undefined;
}

/** Tells whether a row is of any of these kinds. `mainKey` is the setting of that name; `main` if undefined. */
export function isOfKind(
  { key, entry }: RowOfKind,
  kinds: ReadonlySet<RowKind>,
  mainKey: string | undefined,
): boolean {
  if (kinds.has(classifySessionKey(key, { mainKey }))) return true;
  return kinds.has("spawn-child") && isSpawnChild(key, entry());
}

function isSpawnChild(key: string, entry: JsonObject | undefined): boolean {
  if (entry === undefined) return false;
  return coarseListKind(key, { spawnedBy: readEntryText(entry, "spawnedBy") }) === "spawn-child";
}
