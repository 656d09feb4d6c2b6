import type { JsonObject, JsonValue } from "../json-value.ts";

/** What {@link mergeSessionEntry} needs to know beside the two rows. */
export interface MergeOptions {
  /** Epoch ms. */
  readonly now: number;
  /** Called once, and only if neither side has a session id. */
  readonly newSessionId: () => string;
  /** `touch` (the default) counts the merge as activity; `preserve` leaves the `updatedAt` that the row has. */
  readonly activity?: "touch" | "preserve";
}

/**
 * Lays a patch over a row (merge rule of the OpenClaw 2026.5.28 store format) and returns a new row.
 *
 * Fields of the row keep their place, also those that we don't know; new ones come last. A patch field that is
 * `undefined` removes, `null` is a value. `updatedAt` becomes `now`, even if the row or the patch is from the future.
 * Another session id starts `sessionStartedAt` anew, and another model without its provider removes `modelProvider`.
 *
 * The transcript is not looked at: who changes the session id also gives the `sessionFile` of the new one.
 */
export function mergeSessionEntry(
  existing: JsonObject | undefined,
  patch: JsonObject,
  options: MergeOptions,
): JsonObject {
  const before = new Map(Object.entries(existing ?? { sessionId: undefined, updatedAt: undefined }));
  const changes = new Map(Object.entries(patch));
  const sessionId = changes.get("sessionId") ?? before.get("sessionId") ?? options.newSessionId();

  changes.set("updatedAt", mergedUpdatedAt(before.get("updatedAt"), changes.get("updatedAt"), options));
  changes.set("sessionId", sessionId);
  if (sessionId !== before.get("sessionId") && changes.get("sessionStartedAt") === undefined) {
    changes.set("sessionStartedAt", options.now);
  }
  if (changes.has("model") && changes.get("model") !== before.get("model") && !changes.has("modelProvider")) {
    changes.set("modelProvider", undefined);
  }

  const merged = new Map([...before, ...changes]);
  return Object.fromEntries([...merged].filter(([, value]) => value !== undefined));
}

/** No time later than now counts, so a touched row is always of now. */
function mergedUpdatedAt(
  before: JsonValue | undefined,
  change: JsonValue | undefined,
  { now, activity = "touch" }: MergeOptions,
): JsonValue {
  if (activity === "touch") return now;
  return before ?? (typeof change === "number" && change >= 0 ? Math.min(change, now) : now);
}
