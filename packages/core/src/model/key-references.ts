import { isJsonObject, type JsonObject, type JsonValue } from "../json-value.ts";

/** Fields of a row that hold the key of another session, or of its own (OpenClaw 2026.5.28 store format). */
const keyFields = [
  "spawnedBy",
  "parentSessionKey",
  "usageFamilyKey",
  "heartbeatIsolatedBaseSessionKey",
] as const;

/** The session keys that a row names: its parents, the base of a heartbeat, its usage family, its checkpoints. */
export function referencedKeys(entry: JsonObject): ReadonlySet<string> {
  const named = [...keyFields.map((field) => ownValue(entry, field)), ...checkpointsOf(entry).map(keyOf)];
  return new Set(named.filter((key) => typeof key === "string"));
}

/**
 * The fields in which a row names sessions by keys that are no longer theirs, with the new keys; the checkpoints as a whole.
 * @param newKeyOf the new key of a session, or undefined if it keeps the one it has
 */
export function renamedReferences(
  entry: JsonObject,
  newKeyOf: (key: string) => string | undefined,
): JsonObject {
  const renamed = (key: JsonValue | undefined) => (typeof key === "string" ? newKeyOf(key) : undefined);
  const fields: Record<string, JsonValue> = {};
  for (const field of keyFields) {
    const key = renamed(ownValue(entry, field));
    if (key !== undefined) fields[field] = key;
  }
  const checkpoints = checkpointsOf(entry);
  if (checkpoints.some((checkpoint) => renamed(keyOf(checkpoint)) !== undefined)) {
    fields["compactionCheckpoints"] = checkpoints.map((checkpoint) => {
      const sessionKey = renamed(keyOf(checkpoint));
      return sessionKey === undefined || !isJsonObject(checkpoint)
        ? checkpoint
        : { ...checkpoint, sessionKey };
    });
  }
  return fields;
}

function checkpointsOf(entry: JsonObject): readonly JsonValue[] {
  const checkpoints = ownValue(entry, "compactionCheckpoints");
  return Array.isArray(checkpoints) ? checkpoints : [];
}

function keyOf(checkpoint: JsonValue): JsonValue | undefined {
  return isJsonObject(checkpoint) ? ownValue(checkpoint, "sessionKey") : undefined;
}

function ownValue(object: JsonObject, field: string): JsonValue | undefined {
  return Object.hasOwn(object, field) ? object[field] : undefined;
}
