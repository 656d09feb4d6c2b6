import { parseSessionKey } from "./parse-session-key.ts";

const modelRunWord = /model-run-/i;
const modelRunId = /^model-run-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Tells the session of a one-shot model probe: `agent:<id>:explicit:model-run-<uuid>` (OpenClaw 2026.5.28). */
export function isModelRunKey(key: string): boolean {
  // Of all rows hardly one is a probe: a look at its letters is enough for the others.
  if (!modelRunWord.test(key)) return false;
  const parsed = parseSessionKey(key);
  return parsed.form === "explicit" && parsed.agentId !== undefined && modelRunId.test(parsed.id);
}
