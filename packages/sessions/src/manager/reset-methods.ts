import { readEntryText, StoreError } from "@sessionsmith/core";
import type { SessionRenewal } from "@sessionsmith/core/store";
import { freshness } from "../freshness/freshness.ts";
import type { PeerAddress } from "../identity/managed-key.ts";
import { newRow, renewedRow, storedEntry } from "./changed-rows.ts";
import { findRow, keyOf, type ManagerCore, presentSettings, viewOf } from "./manager-core.ts";
import type { ResetRequest } from "./session-manager.ts";
import { clockOf, type CountedRow, type Session } from "./session-view.ts";

/** The session of a person, made or renewed if need be; see `SessionManager.getOrCreateSession`. */
export async function getOrCreateSession(core: ManagerCore, address: PeerAddress): Promise<Session> {
  const key = await keyOf(core, address);
  const { scope } = await presentSettings(core);
  const present = await core.gates.of(key).shared(() => findRow(core, key));
  const row = present ?? (await makeSession(core, { key, address, isShared: scope === "main" }));
  return viewOf(core, await renewIfDue(core, row));
}

/** Lets a session give way to a new one if its reset is due. @returns the row as it is then */
export async function renewIfDue(core: ManagerCore, row: CountedRow): Promise<CountedRow> {
  if ((await dueReason(core, row)) === undefined) return row;
  return core.gates.of(row.key).exclusive(async () => {
    const present = await requireRow(core, row.key);
    // Other work may have renewed it meanwhile.
    const reason = await dueReason(core, present);
    return reason === undefined ? present : renew(core, present, reason);
  });
}

/** Lets the session of a person give way to a new one; see `SessionManager.reset`. */
export async function resetSession(
  core: ManagerCore,
  { reason = "reset", ...address }: ResetRequest,
): Promise<Session> {
  const key = await keyOf(core, address);
  const row = await core.gates
    .of(key)
    .exclusive(async () => renew(core, await requireRow(core, key), reason));
  return viewOf(core, row);
}

async function requireRow(core: ManagerCore, key: string): Promise<CountedRow> {
  const row = await findRow(core, key);
  if (row !== undefined) return row;
  throw new StoreError("E_NOT_FOUND", `There is no session ${JSON.stringify(key)}. Nothing was changed.`, {
    hint: "getOrCreateSession makes it.",
    details: { key },
  });
}

async function dueReason(core: ManagerCore, row: CountedRow): Promise<"daily" | "idle" | undefined> {
  const { next, wouldReset } = freshness(clockOf(row), await presentSettings(core), core.host.clock.now());
  return wouldReset ? next?.reason : undefined;
}

async function renew(
  core: ManagerCore,
  { key, entry }: CountedRow,
  reason: SessionRenewal["reason"],
): Promise<CountedRow> {
  const sessionId = readEntryText(entry, "sessionId") ?? "";
  const newSessionId = core.host.ids.uuid();
  const now = core.host.clock.now();
  const storage = await core.storage();
  await storage.reset({
    key,
    sessionId,
    newSessionId,
    reason,
    changeEntry: (before) => renewedRow(key, before, { sessionId: newSessionId, now }),
  });
  core.tallies.delete(sessionId);
  core.keys.delete(sessionId);
  return requireRow(core, key);
}

async function makeSession(
  core: ManagerCore,
  {
    key,
    address,
    isShared,
  }: { readonly key: string; readonly address: PeerAddress; readonly isShared: boolean },
): Promise<CountedRow> {
  const { store } = await core.storage();
  const made = { sessionId: core.host.ids.uuid(), now: core.host.clock.now(), isShared };
  await store.update((sessions) => {
    const present = sessions.get(key);
    if (typeof present?.["sessionId"] === "string") return;
    sessions.set(key, storedEntry({ ...present, ...newRow(address, made) }));
  });
  return requireRow(core, key);
}
