import { join } from "node:path";
import {
  fileIdentity,
  type JsonObject,
  normalizeAgentId,
  parseRowTime,
  parseSessionKey,
  type RequiredFile,
} from "@sessionsmith/core";
import { noFacts } from "../../store-facts.ts";
import { type OrphanClass, openOrphanClasses } from "../../orphan-class.ts";
import type { Mend } from "../repair-domain.ts";
import type { RepairStore } from "../repair-store.ts";
import type { RowEdit } from "../row-edit.ts";
import type { OrphanSession } from "./orphan-sessions.ts";
import { recoveredKey } from "./recovered-key.ts";

/** Rows that are made anew, and the transcripts that they stand for. */
export interface RebuiltRows {
  readonly edits: readonly RowEdit[];
  readonly mends: readonly Mend[];
  readonly requires: readonly RequiredFile[];
}

/**
 * Makes a row for each transcript that has lost its own. Nothing is invented: the key is the one that its trajectory names, if that is one
 * of the agent and free, else one that says that it was recovered; the times are those of its records, and of the file where
 * there are none. Of several transcripts of one key, and of one session, the freshest has it. Pure.
 * @param all also those whose origin explains why no row references them: the index has lost rows
 */
export function rebuildRows(
  store: RepairStore,
  orphans: readonly OrphanSession[],
  all: boolean,
): RebuiltRows {
  const { snapshot, target } = store;
  const agentId = normalizeAgentId(target.agentId);
  const classOf = openOrphanClasses({
    snapshot,
    facts: { ...noFacts, orphans: new Map(orphans.map(({ file, clues }) => [file.name, clues])) },
  });
  const taken = new Set(snapshot.rows.map(({ row }) => row.key));
  const ids = new Set<string>();
  const edits: RowEdit[] = [];
  const mends: Mend[] = [];
  const requires: RequiredFile[] = [];
  for (const orphan of freshestFirst(orphans)) {
    const { file, sessionId, clues } = orphan;
    if (!isLost(orphan, classOf(file.name), all)) continue;
    const named = usableKey(clues.trajectoryKey, { agentId, shared: target.shared });
    // Another transcript of a key, or of a session, that has its row is explained by that.
    if (named !== undefined ? taken.has(named) : ids.has(sessionId)) continue;
    const key = named ?? recoveredKey(agentId, sessionId, taken);
    taken.add(key);
    ids.add(sessionId);
    const value = rowOf(orphan);
    const reasons = [
      "rebuilt-from:transcript",
      named === undefined ? "key-unknown" : "key-from:trajectory",
      orphan.activity.atMs === undefined ? "time-from:file" : "time-from:last-record",
    ];
    edits.push({ kind: "add", key, sessionId, member: memberText(key, value), reasons });
    mends.push({ domain: "index", what: "row-rebuilt", key, sessionId, file: file.name, reasons });
    requires.push({ path: join(snapshot.realDir, file.name), is: fileIdentity(file.fact) });
  }
  return { edits, mends, requires };
}

/** Explained ones are lost only with an index that has lost rows; what is no session never had a row. */
function isLost({ clues, activity }: OrphanSession, origin: OrphanClass, all: boolean): boolean {
  if (origin === "older-generation") return false;
  if (clues.origin.state === "session") return all || origin === "unexplained";
  return all && activity.hasMessage;
}

function freshestFirst(orphans: readonly OrphanSession[]): readonly OrphanSession[] {
  return orphans.toSorted((a, b) => updatedAt(b) - updatedAt(a) || (a.file.name < b.file.name ? -1 : 1));
}

/** A key that names no agent, or another one's, is not taken for one of this store. */
function usableKey(
  key: string | undefined,
  { agentId, shared }: { readonly agentId: string; readonly shared: boolean },
): string | undefined {
  if (key === undefined) return undefined;
  const { form, agentId: named } = parseSessionKey(key);
  if (form === "sentinel") return key;
  return named !== undefined && (shared || named === agentId) ? key : undefined;
}

function updatedAt({ activity, file }: OrphanSession): number {
  return activity.atMs ?? Number(file.fact.mtimeNs / 1_000_000n);
}

function rowOf(orphan: OrphanSession): JsonObject {
  const { file, sessionId, activity } = orphan;
  const started = parseRowTime(orphan.startedAt);
  return {
    sessionId,
    updatedAt: updatedAt(orphan),
    ...(started.known ? { sessionStartedAt: started.atMs } : {}),
    ...(file.name === `${sessionId}.jsonl` ? {} : { sessionFile: file.name }),
    ...(activity.provider === undefined ? {} : { modelProvider: activity.provider }),
    ...(activity.model === undefined ? {} : { model: activity.model }),
  };
}

/** As OpenClaw sets rows out. */
function memberText(key: string, value: JsonObject): string {
  return `${JSON.stringify(key)}: ${JSON.stringify(value, undefined, 2).replaceAll("\n", "\n  ")}`;
}
