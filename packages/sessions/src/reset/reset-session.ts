import { join } from "node:path";
import { classifyFileName, type JsonObject, type RowFacts } from "@sessionsmith/core";
import { applyChange, type ChangeOptions, type SettledChange } from "../change/apply-change.ts";
import { archivedPaths } from "../change/archived-paths.ts";
import { type Answered, type EndingFrame, endingFrame } from "../change/change-frame.ts";
import { entryAfter } from "../change/entry-after.ts";
import { newTranscript } from "../change/new-transcript.ts";
import { requireRow, requireUnlocked, rowOfOrder, staysOutside } from "../change/row-of-order.ts";
import { scanForChange, scanOrCreate } from "../change/scan-for-change.ts";
import type { StoreScope } from "../change/store-scope.ts";
import { resolvedModel } from "../patch/resolved-model.ts";
import { resetChanges } from "./reset-changes.ts";

/** Which session is to begin anew. */
export interface ResetOrder {
  /** Session key as it stands in the index. */
  readonly key: string;
  /** `reset` (the default) and OpenClaw's `new` do the same to a store. */
  readonly reason?: "new" | "reset";
  /** True adds the row if there is none, as a gateway does; otherwise that is E_NOT_FOUND. */
  readonly orCreate?: boolean;
}

/** What came of a reset. */
export interface ResetAnswer extends EndingFrame {
  readonly ok: true;
  readonly key: string;
  /** The new one. */
  readonly sessionId: string;
  /** The row as it is now, or would be. */
  readonly entry: JsonObject;
  /** Where the transcripts of the session that ended are now, absolute. */
  readonly archived: readonly string[];
}

/**
 * Begins a session anew under its key: a new id and a transcript that holds only a header, the settings that
 * OpenClaw 2026.5.28 keeps, token counts and compactions at zero. The old transcript goes into an archive `.reset.<stamp>`, its
 * sidecars into the trash, and the ledger gets a record.
 * @throws StoreError E_NOT_FOUND; E_LOCKED while a process works on the transcript; E_REFUSED for a row that is not understood;
 * and as `applyChange` does
 */
export async function resetSession(
  scope: StoreScope,
  order: ResetOrder,
  options: ChangeOptions = {},
): Promise<Answered<ResetAnswer>> {
  const sessionId = scope.host.ids.uuid();
  const create = order.orCreate === true;
  const applied = await applyChange(scope, () => settle(scope, order, sessionId), { ...options, create });
  const { key } = order;
  const entry = applied.about;
  const archived = archivedPaths(applied);
  return { answer: { ok: true, key, sessionId, entry, archived, ...endingFrame(applied) }, applied };
}

function settle(
  scope: StoreScope,
  { key, reason = "reset", orCreate = false }: ResetOrder,
  sessionId: string,
): SettledChange<JsonObject> {
  const { host } = scope;
  const now = host.clock.now();
  const snapshot = orCreate ? scanOrCreate(scope, now) : scanForChange(scope, now);
  const ordered = orCreate ? rowOfOrder(snapshot, key) : requireRow(snapshot, key);
  if (ordered !== undefined) requireUnlocked(ordered, snapshot);
  const name = nextName(sessionId, ordered?.facts);
  const entry = ordered?.entry ?? {};
  const model = resolvedModel(entry, key, scope);
  const sessionFile = join(snapshot.target.sessionsDir, name);
  const changes = resetChanges(key, entry, { sessionId, sessionFile, now, model });
  const writes = [newTranscript({ sessionId, name, now, cwd: host.cwd }, "reset")];
  const base = { command: "reset", policy: { key, reason }, now, writes };
  if (ordered === undefined) {
    const added = [{ key, value: changes.fields, reason: "reset" }];
    return { snapshot, change: { ...base, turns: new Map(), added }, about: changes.fields };
  }
  const ends = ordered.facts.row.sessionId !== undefined;
  const turn = {
    action: "change",
    reason: "reset",
    ...changes,
    transcriptsTo: "archive-reset",
    ends,
  } as const;
  return {
    snapshot,
    change: { ...base, turns: new Map([[key, turn]]) },
    about: entryAfter(entry, changes),
    stays: staysOutside(ordered),
  };
}

/** What else the name of the old transcript says, a forum topic or the time of a fork, stays in that of the new one. */
function nextName(sessionId: string, facts: RowFacts | undefined): string {
  const formerId = facts?.row.sessionId;
  if (formerId !== undefined && facts?.transcript.state === "present") {
    const { name } = facts.transcript;
    const former = classifyFileName(name);
    if (former.kind === "transcript" && former.sessionId === formerId)
      return name.replace(formerId, () => sessionId);
  }
  return `${sessionId}.jsonl`;
}
