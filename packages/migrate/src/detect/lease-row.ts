import { type JsonObject, type JsonValue, parseLegacyTime } from "@sessionsmith/core";

/** What a lease has a field for; the rest is kept under `legacy`. */
const placed: ReadonlySet<string> = new Set([
  "type",
  "id",
  "user",
  "ttl",
  "meta",
  "created_at",
  "last_access",
  "expires_at",
  "expired_at",
]);

/**
 * The row of a session of bytesagain's script: all that it knows is a lease, so the row is whole without a transcript.
 * Times become epoch ms. The script leaves `expired_at` in a session that was refreshed; its status says that it holds.
 */
export function leaseRow(record: JsonObject): JsonObject {
  const {
    user,
    ttl,
    meta,
    created_at: created,
    last_access: access,
    expires_at: expires,
    expired_at: expired,
  } = record;
  const lease = members([
    ["user", user],
    ["ttlSeconds", ttl],
    ["lastAccessAt", timeOf(access)],
    ["expiresAt", timeOf(expires)],
    ["expiredAt", record["status"] === "active" ? undefined : timeOf(expired)],
    ["meta", meta],
  ]);
  const legacy = members(Object.entries(record).filter(([name]) => !placed.has(name)));
  const own = Object.keys(legacy).length === 0 ? { lease } : { lease, legacy };
  return members([
    ["updatedAt", timeOf(access) ?? timeOf(created)],
    ["sessionStartedAt", timeOf(created)],
    ["pluginExtensions", { sessionsmith: own }],
  ]);
}

function timeOf(value: JsonValue | undefined): number | undefined {
  return parseLegacyTime(value, "UTC");
}

function members(entries: readonly (readonly [string, JsonValue | undefined])[]): JsonObject {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
