/** What a made-up transcript holds, in one word. */
export const transcriptShapes = [
  "messages",
  "header",
  "empty",
  "blank-lines",
  "model-change",
  "torn-line",
  "large-without-message",
  "bare-role",
  "large",
  "crlf",
] as const;

/** One of the shapes. */
export type TranscriptShape = (typeof transcriptShapes)[number];

/**
 * The text of a made-up transcript in OpenClaw's format.
 * @param id session id of the header
 * @param atMs epoch ms of every line
 */
export function transcriptText(shape: TranscriptShape, id: string, atMs: number): string {
  const timestamp = new Date(atMs).toISOString();
  const header = { type: "session", version: 3, id, timestamp, cwd: "/home/user" };
  const message = { type: "message", id: "00000001", parentId: null, timestamp, message: userMessage };
  switch (shape) {
    case "messages":
      return lines([header, message]);
    case "header":
      return lines([header]);
    case "empty":
      return "";
    case "blank-lines":
      return "\n  \n\n";
    case "model-change":
      return lines([header, { type: "model_change", id: "00000001", parentId: null, timestamp }]);
    case "torn-line":
      return `${lines([header])}{"type":"custom","data":`;
    case "large-without-message":
      return lines([header, { type: "custom", customType: "lab", data: "x".repeat(5000) }]);
    case "bare-role":
      return lines([{ role: "user", content: userMessage.content }]);
    case "large":
      return lines([header, ...Array.from({ length: 40 }, () => message)]);
    case "crlf":
      return lines([header]).replaceAll("\n", "\r\n");
  }
}

const userMessage = { role: "user", content: "a made-up message" };

function lines(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}
