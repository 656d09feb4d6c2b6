import { createHash } from "node:crypto";
import type { JsonValue } from "../json-value.ts";

/**
 * A UUID (version 5 by its form) that is made of a value, the same one each time: the id of a session whose own can't be used is
 * found again that way. Hashed is the JSON of the value, with sha256.
 */
export function uuidOf(value: JsonValue): string {
  const hash = createHash("sha256").update(JSON.stringify(value)).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}

/** Tells whether a text may be what {@link uuidOf} makes, by its form. */
export function hasFormOfUuidOf(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}
