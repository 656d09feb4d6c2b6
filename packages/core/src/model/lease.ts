import type { JsonObject } from "../json-value.ts";
import { readEntryNumber, readEntryObject, readEntryText } from "./entry-view.ts";

/** A time to live on a session, kept in the row under `pluginExtensions.sessionsmith.lease`. Times are epoch ms. */
export interface Lease {
  readonly user: string | undefined;
  readonly ttlSeconds: number | undefined;
  readonly lastAccessAt: number | undefined;
  readonly expiresAt: number;
  /** When it was ended before its time; undefined if it was not. */
  readonly expiredAt: number | undefined;
  /** Values that the user keeps with the session. */
  readonly meta: JsonObject;
}

/** Whether a session still holds: one without a lease, or with one that has not run out, is active. */
export type LeaseStatus = "active" | "expired";

/** Reads the lease of a parsed row; undefined if it has none that ends at a known time. */
export function readLease(entry: JsonObject): Lease | undefined {
  const lease = readOwnExtension(entry, "lease");
  const expiresAt = lease && readMoment(lease, "expiresAt");
  if (lease === undefined || expiresAt === undefined) return undefined;
  return {
    user: readEntryText(lease, "user"),
    ttlSeconds: readEntryNumber(lease, "ttlSeconds"),
    lastAccessAt: readMoment(lease, "lastAccessAt"),
    expiresAt,
    expiredAt: readMoment(lease, "expiredAt"),
    meta: readEntryObject(lease, "meta") ?? {},
  };
}

/** Tells whether a lease has run out, or was ended, at `now` (epoch ms). A row without a lease is active. */
export function leaseStatus(lease: Lease | undefined, now: number): LeaseStatus {
  if (lease === undefined) return "active";
  return Math.min(lease.expiresAt, lease.expiredAt ?? Infinity) <= now ? "expired" : "active";
}

/**
 * Tells whether a row carries data of this product: a lease, a manager's session, an archived stage. It is whole without a transcript.
 * That its transcript is encrypted is no such data: it is about the transcript, and makes no other row of it.
 */
export function isManagedEntry(entry: JsonObject): boolean {
  const extensions = readEntryObject(entry, "pluginExtensions");
  if (extensions === undefined || !Object.hasOwn(extensions, "sessionsmith")) return false;
  const own = readEntryObject(extensions, "sessionsmith");
  const names = own === undefined ? [] : Object.keys(own);
  return names.length !== 1 || names[0] !== "encryption";
}

function readOwnExtension(entry: JsonObject, namespace: string): JsonObject | undefined {
  const extensions = readEntryObject(entry, "pluginExtensions");
  const own = extensions && readEntryObject(extensions, "sessionsmith");
  return own && readEntryObject(own, namespace);
}

/** Epoch ms; undefined if the field is no number, or beyond what a date can hold. */
function readMoment(lease: JsonObject, field: string): number | undefined {
  const atMs = readEntryNumber(lease, field);
  return atMs === undefined || Number.isNaN(new Date(atMs).getTime()) ? undefined : atMs;
}
