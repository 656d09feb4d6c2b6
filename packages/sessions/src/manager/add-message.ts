import { readEntryText } from "@sessionsmith/core";
import type { AppendOptions } from "@sessionsmith/core/store";
import { type ManagerCore, requireSession } from "./manager-core.ts";
import { addedMessage, type MessageDraft, messageLine, requireMessage } from "./message-line.ts";
import { renewIfDue } from "./reset-methods.ts";
import type { AddedMessage } from "./session-manager.ts";

/** Adds a message to a session; see `SessionManager.addMessage`. */
export async function addMessage(
  core: ManagerCore,
  { sessionId: wanted, ...draft }: MessageDraft & { readonly sessionId: string },
  fsync: NonNullable<AppendOptions["fsync"]>,
): Promise<AddedMessage> {
  requireMessage(draft);
  const row = await renewIfDue(core, await requireSession(core, wanted));
  const sessionId = readEntryText(row.entry, "sessionId") ?? wanted;
  return core.gates.of(row.key).shared(async () => {
    const { store } = await core.storage();
    const place = { id: core.host.ids.uuid(), atMs: core.host.clock.now() };
    await store.append(sessionId, messageLine(draft, place), { fsync, needsRow: true });
    core.flushLater(row.key);
    return { ...addedMessage(draft, place), sessionId };
  });
}
