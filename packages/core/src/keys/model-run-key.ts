import { parseSessionKey } from "./parse-session-key.ts";

const modelRunId = /^model-run-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Tells the session of a one-shot model probe: `agent:<id>:explicit:model-run-<uuid>` (OpenClaw 2026.5.28). */
export function isModelRunKey(key: string): boolean {
  const parsed = parseSessionKey(key);
  return parsed.form === "explicit" && parsed.agentId !== undefined && modelRunId.test(parsed.id);
}
