/** The text of a transcript: a header and one message of each side. */
export function transcript(
  sessionId: string,
  { at = "2026-10-20T10:00:00.000Z", cwd = "/home/user" } = {},
): string {
  const later = new Date(Date.parse(at) + 5000).toISOString();
  return [
    { type: "session", version: 3, id: sessionId, timestamp: at, cwd },
    {
      type: "message",
      id: "00000001",
      parentId: null,
      timestamp: at,
      message: { role: "user", content: "hello" },
    },
    {
      type: "message",
      id: "00000002",
      parentId: "00000001",
      timestamp: later,
      message: {
        role: "assistant",
        content: [{ type: "text", text: "hi" }],
        provider: "openai",
        model: "gpt-5",
      },
    },
  ]
    .map((record) => `${JSON.stringify(record)}\n`)
    .join("");
}

/** The first event of a trajectory, which names the session key. */
export function trajectory(sessionKey: string, sessionId: string): string {
  return `${JSON.stringify({ traceSchema: "openclaw-trajectory", schemaVersion: 1, sessionId, sessionKey })}\n`;
}

/** The text of an index as OpenClaw writes it. */
export function indexOf(rows: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(rows, undefined, 2);
}
