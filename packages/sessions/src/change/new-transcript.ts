import type { WriteFileStep } from "@sessionsmith/core";

/** The session that a transcript is begun for. */
export interface BegunSession {
  readonly sessionId: string;
  /** Name in the sessions directory. */
  readonly name: string;
  /** Epoch ms. */
  readonly now: number;
  /** The working directory of the agent. */
  readonly cwd: string;
}

/** The step that begins a transcript: its header, and nothing else (OpenClaw 2026.5.28 store format). */
export function newTranscript(
  { sessionId, name, now, cwd }: BegunSession,
  reason: "create" | "reset",
): WriteFileStep {
  const header = {
    type: "session",
    version: 3,
    id: sessionId,
    timestamp: new Date(now).toISOString(),
    cwd,
  };
  return {
    kind: "write-file",
    phase: "create",
    name,
    content: { source: "inline", text: `${JSON.stringify(header)}\n` },
    mode: 0o600,
    replaces: null,
    reason,
  };
}
