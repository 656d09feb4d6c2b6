import { isJsonObject, type JsonObject, type JsonValue, StoreError } from "@sessionsmith/core";

/** What OpenClaw 2026.5.28 takes of a plugin; what is larger is dropped at its next load, with the lease. */
const limits = { depth: 24, values: 2048, names: 256, textBytes: 64 * 1024, bytes: 128 * 1024 } as const;

/**
 * Holds metadata back that OpenClaw would drop.
 * @throws StoreError E_USAGE
 */
export function requireSoundMeta(meta: JsonObject): void {
  if (Object.keys(meta).some((name) => name.trim() === "")) throw unsound("has a name that is empty");
  if (Buffer.byteLength(JSON.stringify(meta)) > limits.bytes)
    throw unsound(`is more than ${limits.bytes} bytes`);
  let values = 0;
  const look = (value: JsonValue, depth: number): void => {
    values += 1;
    if (depth > limits.depth) throw unsound(`is nested deeper than ${limits.depth} levels`);
    if (values > limits.values) throw unsound(`has more than ${limits.values} values`);
    if (typeof value === "string" && Buffer.byteLength(value) > limits.textBytes)
      throw unsound(`has a text of more than ${limits.textBytes} bytes`);
    if (Array.isArray(value)) for (const item of value) look(item, depth + 1);
    else if (isJsonObject(value)) {
      const members = Object.values(value);
      if (members.length > limits.names) throw unsound(`has more than ${limits.names} names in one object`);
      for (const member of members) look(member ?? null, depth + 1);
    }
  };
  look(meta, 0);
}

function unsound(what: string): StoreError {
  return new StoreError("E_USAGE", `The metadata ${what}. Nothing was changed.`, {
    hint: "OpenClaw drops larger data of plugins when it loads a session.",
  });
}
