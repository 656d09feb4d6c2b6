import * as z from "zod";
import { entryWords } from "./entry-words.ts";
import { openWord } from "./open-word.ts";
import { optionalNumber, optionalText } from "./session-entry-scalars.ts";

const identitySchema = z.looseObject({
  state: openWord(entryWords["acp.identity.state"]),
  acpxRecordId: optionalText,
  acpxSessionId: optionalText,
  agentSessionId: optionalText,
  /** What told the identity. */
  source: openWord(entryWords["acp.identity.source"]),
  /** Epoch ms. */
  lastUpdatedAt: z.number(),
});

const runtimeOptionsSchema = z.looseObject({
  runtimeMode: optionalText,
  model: optionalText,
  thinking: optionalText,
  cwd: optionalText,
  permissionProfile: optionalText,
  /** Seconds. */
  timeoutSeconds: optionalNumber,
  /** Whatever the backend wants. */
  backendExtras: z.unknown().optional(),
});

/** Schema of {@link SessionAcp}. */
export const sessionAcpSchema = z.looseObject({
  backend: z.string(),
  agent: z.string(),
  runtimeSessionName: z.string(),
  identity: identitySchema.optional(),
  mode: openWord(entryWords["acp.mode"]),
  runtimeOptions: runtimeOptionsSchema.optional(),
  cwd: optionalText,
  state: openWord(entryWords["acp.state"]),
  /** Epoch ms. */
  lastActivityAt: z.number(),
  lastError: optionalText,
});

/** A session that another program runs over the Agent Client Protocol (OpenClaw 2026.5.28 store format). */
export type SessionAcp = z.infer<typeof sessionAcpSchema>;
