import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Messages of each session. */
export const messagesPerFile = 50;

/** Fills a workspace with legacy sessions as openclaw-python writes them; returns the directory with their files. */
export function writeLegacySessions(workspace: string, count: number): string {
  const dir = join(workspace, ".sessions");
  mkdirSync(dir, { recursive: true });
  for (let n = 0; n < count; n += 1) writeFileSync(join(dir, `session-${n}.json`), legacyText(n));
  return dir;
}

function legacyText(n: number): string {
  const at = (message: number) =>
    new Date(1_780_000_000_000 + n * 1000 + message).toISOString().replace("Z", "000");
  const messages = Array.from({ length: messagesPerFile }, (_, message) => ({
    role: message % 2 === 0 ? "user" : "assistant",
    content: `message ${message} of session ${n}: ${"words and words ".repeat(10)}`,
    timestamp: at(message),
    tool_calls: null,
    tool_call_id: null,
    name: null,
    images: null,
  }));
  const times = { created_at: `${at(0)}+00:00`, updated_at: `${at(messagesPerFile)}+00:00` };
  return JSON.stringify({ session_id: `session-${n}`, messages, metadata: {}, ...times }, null, 2);
}
