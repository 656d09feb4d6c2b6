/** The moment at which the made-up sessions took place. */
const at = "2026-11-19T10:00:00.000Z";
const atMs = Date.parse(at);

/** A header line, without its end. */
export function header(id: string, changes: object = {}): string {
  return JSON.stringify({
    type: "session",
    version: 3,
    id,
    timestamp: at,
    cwd: "/home/user/work",
    ...changes,
  });
}

/** A message of the user. */
export function said(id: string, parentId: string | null, text = `made-up message ${id}`): string {
  const message = { role: "user", content: [{ type: "text", text }], timestamp: atMs };
  return JSON.stringify({ type: "message", id, parentId, timestamp: at, message });
}

/** An answer of the assistant. */
export function replied(id: string, parentId: string | null, text = `made-up answer ${id}`): string {
  return answer(id, parentId, { content: [{ type: "text", text }], stopReason: "stop" });
}

/** An answer of the assistant that calls a tool once for each id. */
export function called(id: string, parentId: string | null, ...calls: readonly string[]): string {
  const content = calls.map((call) => ({ type: "toolCall", id: call, name: "exec", arguments: { n: 1 } }));
  return answer(id, parentId, { content, stopReason: "toolUse" });
}

/** The result of a tool. */
export function result(id: string, parentId: string | null, toolCallId: string): string {
  const content = [{ type: "text", text: "made-up output" }];
  const message = {
    role: "toolResult",
    toolCallId,
    toolName: "exec",
    content,
    isError: false,
    timestamp: atMs,
  };
  return JSON.stringify({ type: "message", id, parentId, timestamp: at, message });
}

/** Lines that each end in a line feed. */
export function lines(...each: readonly string[]): string {
  return each.map((line) => `${line}\n`).join("");
}

function answer(id: string, parentId: string | null, body: object): string {
  const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, totalTokens: 2, cost: { total: 0 } };
  const model = { api: "openai-responses", provider: "openai", model: "gpt-5" };
  const message = { role: "assistant", ...body, ...model, usage, timestamp: atMs };
  return JSON.stringify({ type: "message", id, parentId, timestamp: at, message });
}
