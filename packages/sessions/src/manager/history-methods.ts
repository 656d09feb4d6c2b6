import type { HistoryMessage } from "../context/history-message.ts";
import { uncountedRow } from "./changed-rows.ts";
import { type ExportQuery, exportText, readForExport, requireExportFormat } from "./export-session.ts";
import { type HistoryFormat, type HistoryQuery, limitOf, newestMessages } from "./history.ts";
import { type ManagerCore, requireSession, viewOf } from "./manager-core.ts";
import type { StorageOperation } from "./session-manager.ts";

/** The newest messages of a session, oldest first. @throws StoreError E_NOT_FOUND; E_USAGE for a bad limit */
export async function readMessages(
  core: ManagerCore,
  sessionId: string,
  query: HistoryQuery<HistoryFormat>,
): Promise<HistoryMessage[]> {
  const limit = limitOf(query);
  await requireSession(core, sessionId);
  const { store } = await core.storage();
  return (await store.read(sessionId, (transcript) => newestMessages(transcript, limit))) ?? [];
}

/** A whole session as text; see `SessionManager.export`. */
export async function exportSession(
  core: ManagerCore,
  sessionId: string,
  query: ExportQuery,
): Promise<string> {
  requireExportFormat(query);
  const session = await viewOf(core, await requireSession(core, sessionId));
  const { store } = await core.storage();
  const messages = (await store.read(sessionId, readForExport)) ?? [];
  return exportText(session, messages, query);
}

/** Takes the messages of a session away; see `SessionManager.clearHistory`. */
export async function clearHistory(core: ManagerCore, sessionId: string): Promise<StorageOperation> {
  const { key } = await requireSession(core, sessionId);
  return core.gates.of(key).exclusive(async () => {
    const storage = await core.storage();
    const done = await storage.clear({ key, sessionId, changeEntry: uncountedRow });
    core.tallies.delete(sessionId);
    return done;
  });
}
