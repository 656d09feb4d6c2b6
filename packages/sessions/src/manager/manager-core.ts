import type { JsonObject } from "@sessionsmith/core";
import type { EngineHost } from "@sessionsmith/core/engine";
import type { SessionStorage } from "@sessionsmith/core/store";
import { type KeyPolicy, managedKey, type PeerAddress } from "../identity/managed-key.ts";
import { readRowSeal } from "../encryption/row-seal.ts";
import { noSession } from "../storage/session-row.ts";
import type { Gates } from "./gates.ts";
import { readExtension } from "./manager-extension.ts";
import type { ManagerSettings } from "./manager-settings.ts";
import { settingsOfStore } from "./manager-settings.ts";
import { type CountedRow, type Session, sessionOf } from "./session-view.ts";
import { noTally, type Tally, tallySince } from "./tally.ts";

/** What the methods of a manager work with. */
export interface ManagerCore {
  readonly host: EngineHost;
  readonly agentId: string;
  /** The settings of the program. */
  readonly settings: ManagerSettings;
  /** True for a store in files, false for a database. */
  readonly inFiles: boolean;
  /** What is new is encrypted. */
  readonly encrypts: boolean;
  readonly gates: Gates;
  /** Opens the storage at the first call. */
  readonly storage: () => Promise<SessionStorage>;
  /** By session id what its lines came to when they were read last. */
  readonly tallies: Map<string, Tally>;
  /** By session id the key that it was found under. */
  readonly keys: Map<string, string>;
  /** Has the row of a session written before long. */
  readonly flushLater: (key: string) => void;
}

/** The settings that count now: what the store remembers wins. */
export async function presentSettings({ settings, storage }: ManagerCore): Promise<ManagerSettings> {
  return settingsOfStore(settings, await (await storage()).readSettings());
}

/** The session key of a person. @throws StoreError E_USAGE if the address names too little */
export async function keyOf(core: ManagerCore, address: PeerAddress): Promise<string> {
  const { scope } = await presentSettings(core);
  const policy: KeyPolicy = { agentId: core.agentId, scope };
  return managedKey(policy, address);
}

/** The row of a key, counted up to its newest line; undefined if there is none, or one without a session. */
export async function findRow(core: ManagerCore, key: string): Promise<CountedRow | undefined> {
  const { store } = await core.storage();
  const entry = await store.get(key);
  return entry === undefined ? undefined : countRow(core, key, entry);
}

/** The row of a session id. @throws StoreError E_NOT_FOUND */
export async function requireSession(core: ManagerCore, sessionId: string): Promise<CountedRow> {
  const { store } = await core.storage();
  const known = core.keys.get(sessionId);
  const row = known === undefined ? undefined : await findRow(core, known);
  if (row !== undefined && row.entry["sessionId"] === sessionId) return row;
  for (const [key, entry] of await store.load()) {
    if (entry["sessionId"] !== sessionId) continue;
    // oxlint-disable-next-line no-await-in-loop -- the first one ends the loop
    const found = await countRow(core, key, entry);
    if (found !== undefined) return found;
  }
  throw noSession(store.path, sessionId);
}

/** A row as a program sees it. */
export async function viewOf(core: ManagerCore, row: CountedRow): Promise<Session> {
  const isEncrypted = readRowSeal(row.entry) !== undefined || (core.encrypts && row.tally.last === null);
  return sessionOf({ ...row, isEncrypted }, await presentSettings(core), core.host.clock.now());
}

/** Counts the lines of a row's transcript that nobody has counted yet. */
async function countRow(core: ManagerCore, key: string, entry: JsonObject): Promise<CountedRow | undefined> {
  const { sessionId } = entry;
  if (typeof sessionId !== "string") return undefined;
  const { store } = await core.storage();
  // What is known is asked for where nobody else comes between, so that of many who count at once one does the work.
  const counted = await store.read(sessionId, (transcript) => {
    const known = core.tallies.get(sessionId) ?? readExtension(entry).tally;
    const tally = tallySince(transcript, known);
    core.tallies.set(sessionId, tally);
    return tally;
  });
  const tally = counted ?? noTally;
  core.keys.set(sessionId, key);
  return { key, entry, tally };
}
