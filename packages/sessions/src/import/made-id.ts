import { createHash } from "node:crypto";
import type { ImportedSession } from "./imported-session.ts";

/**
 * The n-th id (from 0) that a session of an export gets if its own is taken or it has none: a UUID (version 5) that is made of what it
 * is, so that it gets the same one, and is found again, when the export is brought in once more.
 */
export function madeId({ key, sessionId, transcript }: ImportedSession, n: number): string {
  const parts = [key, sessionId ?? null, transcript?.sha256 ?? null, n];
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
