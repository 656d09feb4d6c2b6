import type { StorageLook } from "./storage-look.ts";

/** The header of a transcript with its line end (OpenClaw 2026.5.28 transcript format, version 3). */
export function headerLine(id: string, { host, now }: Pick<StorageLook, "host" | "now">): string {
  const timestamp = new Date(now).toISOString();
  return `${JSON.stringify({ type: "session", version: 3, id, timestamp, cwd: host.cwd })}\n`;
}
