import { basename } from "node:path";
import { classifySessionKey } from "@sessionsmith/core";
import type { OrphanClues, StoreSnapshot } from "@sessionsmith/core";
import type { FileView } from "./file-pass.ts";

/** Where a transcript comes from that no row references. Only the last is no explanation (docs/invariants.md I3). */
export type OrphanClass =
  /** A session key had it before the session that it has now. */
  | "older-generation"
  | "cron-run"
  | "subagent"
  /** It was forked from another transcript, or continues one. */
  | "fork"
  /** Another one that no row references was forked from it. */
  | "fork-parent"
  | "unexplained";

/** Tells where transcripts come from that no row references: by their trajectory, their first message, their header, their archives. */
export function openOrphanClasses({
  snapshot,
  facts,
}: Pick<FileView, "snapshot" | "facts">): (name: string) => OrphanClass {
  let keys: ReadonlySet<string> | undefined;
  const keysOfStore = () => (keys ??= new Set(snapshot.rows.map(({ row }) => row.key)));
  let retired: ReadonlySet<string> | undefined;
  const retiredNames = () => (retired ??= namesOfArchived(snapshot));
  const parents = new Set([...facts.orphans.values()].flatMap(parentNames));
  return (name) => {
    const clues = facts.orphans.get(name);
    if (clues?.origin.state !== "session") return "unexplained";
    const ofKey =
      clues.trajectoryKey === undefined ? undefined : classOfKey(clues.trajectoryKey, keysOfStore());
    const { beganAs, parentSession } = clues.origin;
    if (ofKey !== undefined) return ofKey;
    if (beganAs !== undefined) return beganAs;
    if (parentSession !== undefined) return "fork";
    if (parents.has(name)) return "fork-parent";
    return retiredNames().has(name) ? "older-generation" : "unexplained";
  };
}

function namesOfArchived({ files }: StoreSnapshot): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { nameClass } of files.values()) if (nameClass.kind === "archive") names.add(nameClass.original);
  return names;
}

function classOfKey(key: string, keys: ReadonlySet<string>): OrphanClass | undefined {
  const kind = classifySessionKey(key);
  if (kind === "cron" || kind === "cron-run") return "cron-run";
  if (kind === "subagent") return "subagent";
  return keys.has(key) ? "older-generation" : undefined;
}

/** A parent is given as a path, as a name, or as a session id. */
function parentNames({ origin }: OrphanClues): readonly string[] {
  if (origin.state !== "session" || origin.parentSession === undefined) return [];
  const name = basename(origin.parentSession);
  return [name, `${name}.jsonl`];
}
