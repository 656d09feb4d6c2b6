/** The session id of the transcripts that tests build. */
export const sessionId = "11111111-2222-4333-8444-555555555555";
const at = "2026-06-01T10:00:00.000Z";

/** A header line, without its end. */
export function header(changes: object = {}): string {
  return JSON.stringify({ type: "session", version: 3, id: sessionId, timestamp: at, cwd: "/w", ...changes });
}

/** A message of the user that is linked to a parent. */
export function said(id: string, parentId: string | null, text = `text ${id}`): string {
  const message = { role: "user", content: [{ type: "text", text }], timestamp: 1 };
  return JSON.stringify({ type: "message", id, parentId, timestamp: at, message });
}

/** A message of the assistant that calls tools. */
export function called(id: string, parentId: string | null, ...calls: readonly string[]): string {
  const content = calls.map((call) => ({ type: "toolCall", id: call, name: "exec", arguments: {} }));
  const message = { role: "assistant", content, stopReason: "toolUse", timestamp: 2 };
  return JSON.stringify({ type: "message", id, parentId, timestamp: at, message });
}

/** A result of a tool. */
export function answered(id: string, parentId: string | null, toolCallId: string): string {
  const message = {
    role: "toolResult",
    toolCallId,
    toolName: "exec",
    content: [],
    isError: false,
    timestamp: 3,
  };
  return JSON.stringify({ type: "message", id, parentId, timestamp: at, message });
}

/** Lines that each end in a line feed. */
export function lines(...each: readonly string[]): string {
  return each.map((line) => `${line}\n`).join("");
}
