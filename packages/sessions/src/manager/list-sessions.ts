import type { PeerAddress } from "../identity/managed-key.ts";
import { findRow, keyOf, type ManagerCore, viewOf } from "./manager-core.ts";
import { isOfUser, type Session } from "./session-view.ts";

/** The sessions of a person, newest activity first; see `SessionManager.listSessions`. */
export async function listSessions(core: ManagerCore, address: PeerAddress): Promise<readonly Session[]> {
  const { store } = await core.storage();
  const user = { userId: address.userId ?? address.peerId ?? "", key: await keyOf(core, address) };
  const own = [...(await store.load())].filter(([key, entry]) => isOfUser({ key, entry }, user));
  const rows = await Promise.all(own.map(async ([key]) => findRow(core, key)));
  const sessions = await Promise.all(
    rows.filter((row) => row !== undefined).map(async (row) => viewOf(core, row)),
  );
  return sessions.toSorted((one, other) => other.lastActivityAt - one.lastActivityAt);
}
