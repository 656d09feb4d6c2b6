import { createHash } from "node:crypto";

/**
 * A session id for a session whose own id can't be used: a UUID (version 5) that is made of texts, so that the same session gets
 * the same one each time.
 */
export function newSessionId(...parts: readonly string[]): string {
  const hex = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join("-");
}
