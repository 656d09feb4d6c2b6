import {
  type JsonObject,
  type JsonValue,
  type Lease,
  leaseExtensions,
  readLease,
  StoreError,
} from "@sessionsmith/core";
import { applyChange, type ChangeOptions, type SettledChange } from "../change/apply-change.ts";
import { type Answered, type ChangeFrame, changeFrame } from "../change/change-frame.ts";
import { entryAfter } from "../change/entry-after.ts";
import { requireRow } from "../change/row-of-order.ts";
import { scanForChange } from "../change/scan-for-change.ts";
import type { RowTurn } from "../change/sessions-change.ts";
import type { StoreScope } from "../change/store-scope.ts";
import { type LeaseView, leaseView } from "./lease-view.ts";
import { requireSoundMeta } from "./lease-meta.ts";

/** What is done to a lease. */
export type LeaseOrder =
  /** Keeps a value with the session. */
  | { readonly what: "set"; readonly name: string; readonly value: JsonValue }
  /** Ends the lease before its time. */
  | { readonly what: "expire" }
  /** Lets it run anew from now on, for as long as before unless said otherwise (seconds; null for ever). */
  | { readonly what: "refresh"; readonly ttlSeconds?: number | null };

/** What came of it. */
export interface LeaseAnswer extends ChangeFrame {
  readonly ok: true;
  readonly key: string;
  readonly session: LeaseView;
  /** The row as it is now, or would be. */
  readonly entry: JsonObject;
}

/**
 * Changes the lease of a session, and nothing else of its row. `set` and `refresh` count as access, `expire` does not. A session
 * without a lease gets one by `refresh`, for as long as the settings say.
 * @param key session key as it stands in the index
 * @throws StoreError E_NOT_FOUND; E_REFUSED for a session without a lease; E_USAGE for metadata that OpenClaw would drop; and as
 * `applyChange` does
 */
export async function changeLease(
  scope: StoreScope,
  { key, order }: { readonly key: string; readonly order: LeaseOrder },
  options: ChangeOptions = {},
): Promise<Answered<LeaseAnswer>> {
  const applied = await applyChange(scope, () => settle(scope, key, order), options);
  const { entry, now } = applied.about;
  const session = leaseView({ key, agentId: scope.target.agentId, entry }, now);
  return { answer: { ok: true, key, session, entry, ...changeFrame(applied) }, applied };
}

interface Settled {
  readonly entry: JsonObject;
  readonly now: number;
}

function settle(scope: StoreScope, key: string, order: LeaseOrder): SettledChange<Settled> {
  const now = scope.host.clock.now();
  const snapshot = scanForChange(scope, now);
  const { entry } = requireRow(snapshot, key);
  const lease = leaseAfter(readLease(entry), order, { now, key, defaultTtl: scope.settings.leaseTtlSeconds });
  const fields: JsonObject = {
    ...(lease.lastAccessAt === now ? { updatedAt: now } : {}),
    pluginExtensions: leaseExtensions(entry, lease),
  };
  const turn: RowTurn = { action: "change", reason: order.what, fields };
  const { what } = order;
  return {
    snapshot,
    change: { command: what, policy: { key }, now, turns: new Map([[key, turn]]) },
    besideGateway: true,
    about: { entry: entryAfter(entry, turn), now },
  };
}

interface Moment {
  readonly now: number;
  readonly key: string;
  readonly defaultTtl: number | null;
}

function leaseAfter(lease: Lease | undefined, order: LeaseOrder, { now, key, defaultTtl }: Moment): Lease {
  if (order.what === "refresh") {
    const known = lease ?? newLease({ user: "anonymous", ttlSeconds: defaultTtl, meta: {} }, now);
    const own = known.expiresAt === undefined ? null : (known.ttlSeconds ?? defaultTtl);
    const ttl = order.ttlSeconds === undefined ? own : order.ttlSeconds;
    return { ...known, ...running(ttl, now), expiredAt: undefined };
  }
  if (lease === undefined) throw noLease(key);
  if (order.what === "expire") return { ...lease, expiredAt: lease.expiredAt ?? now };
  const meta = Object.fromEntries([...Object.entries(lease.meta), [order.name, order.value]]);
  requireSoundMeta(meta);
  return { ...lease, lastAccessAt: now, meta };
}

/** A lease that begins at `now` (epoch ms). A time to live of null is for ever. */
export function newLease(
  {
    user,
    ttlSeconds,
    meta,
  }: { readonly user: string; readonly ttlSeconds: number | null; readonly meta: JsonObject },
  now: number,
): Lease {
  requireSoundMeta(meta);
  return { user, ...running(ttlSeconds, now), expiredAt: undefined, meta };
}

function running(ttlSeconds: number | null, now: number) {
  const seconds = ttlSeconds ?? undefined;
  const expiresAt = seconds === undefined ? undefined : now + seconds * 1000;
  return { ttlSeconds: seconds, lastAccessAt: now, expiresAt };
}

function noLease(key: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `The session ${JSON.stringify(key)} has no lease. Nothing was changed.`,
    {
      hint: "`sessionsmith refresh` gives it one; while a lease holds, no age, cap or disk budget takes the session.",
      details: { key },
    },
  );
}
