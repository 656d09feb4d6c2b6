import { type JsonObject, leaseExtensions, readLease } from "@sessionsmith/core";
import type { ChangeOptions } from "../change/apply-change.ts";
import type { Answered } from "../change/change-frame.ts";
import type { StoreScope } from "../change/store-scope.ts";
import { type CreateAnswer, type CreateOrder, createSession } from "../create/create-session.ts";
import { newLease } from "./change-lease.ts";
import { type LeaseView, leaseView } from "./lease-view.ts";
import { templateFields } from "./template-fields.ts";

/** A session that is to be made, and its lease. */
export interface LeasedOrder extends Omit<CreateOrder, "fields"> {
  readonly lease: {
    readonly user: string;
    /** Null for ever; left out, as long as that of `like`, or else as the settings say. */
    readonly ttlSeconds?: number | null;
    readonly meta: JsonObject;
  };
  /** The row of a session whose settings and metadata it takes over. */
  readonly like?: JsonObject;
}

/** What came of it. */
export interface LeasedAnswer extends CreateAnswer {
  readonly session: LeaseView;
}

/**
 * Adds a session with a user, a time to live and metadata. What is given for it wins over what the session has that it is like.
 * @throws StoreError as `createSession` does; E_USAGE for metadata that OpenClaw would drop
 */
export async function createLeasedSession(
  scope: StoreScope,
  { lease, like, ...order }: LeasedOrder,
  options: ChangeOptions = {},
): Promise<Answered<LeasedAnswer>> {
  const model = like && readLease(like);
  const inherited = model === undefined ? scope.settings.leaseTtlSeconds : (model.ttlSeconds ?? null);
  const wanted = {
    user: lease.user,
    ttlSeconds: lease.ttlSeconds === undefined ? inherited : lease.ttlSeconds,
    meta: Object.fromEntries([...Object.entries(model?.meta ?? {}), ...Object.entries(lease.meta)]),
  };
  let madeAt = 0;
  const fields = (now: number): JsonObject => {
    madeAt = now;
    return {
      ...(like === undefined ? {} : templateFields(like)),
      pluginExtensions: leaseExtensions({}, newLease(wanted, now)),
    };
  };
  const { answer, applied } = await createSession(scope, { ...order, fields }, options);
  const { key, entry } = answer;
  const session = leaseView({ key, agentId: scope.target.agentId, entry }, madeAt);
  return { answer: { ...answer, session }, applied };
}
