import * as z from "zod";
import { keyParam } from "./schemas.ts";

/** `null` clears a field. */
const text = z.string().nullable().optional();
const count = z.int().min(0).nullable().optional();
const names = z.array(z.string()).nullable().optional();

function oneOf<const W extends readonly string[]>(words: W) {
  return z.enum(words).nullable().optional();
}

/** The fields of `sessions.patch`. What a text may be, the rules of the patch say: levels are folded to lower case. */
const fields = {
  label: text,
  model: text,
  thinkingLevel: text,
  fastMode: z.boolean().nullable().optional(),
  verboseLevel: text,
  traceLevel: text,
  reasoningLevel: text,
  elevatedLevel: text,
  responseUsage: oneOf(["off", "tokens", "full", "on"]),
  execHost: text,
  execSecurity: text,
  execAsk: text,
  execNode: text,
  sendPolicy: oneOf(["allow", "deny"]),
  groupActivation: oneOf(["mention", "always"]),
  inheritedToolAllow: names,
  inheritedToolDeny: names,
  inputTokens: count,
  outputTokens: count,
  totalTokens: count,
  contextTokens: count,
  spawnedBy: text,
  spawnedWorkspaceDir: text,
  spawnedCwd: text,
  spawnDepth: count,
  subagentRole: oneOf(["orchestrator", "leaf"]),
  subagentControlScope: oneOf(["children", "none"]),
};

/** OpenClaw's flat parameters, or `{key, patch: {…}}`; not both at once. */
export const patchParams = z
  .strictObject({ key: keyParam, ...fields, patch: z.strictObject(fields).optional() })
  .refine(({ key: _key, patch, ...flat }) => patch === undefined || Object.keys(flat).length === 0, {
    message: "must have its fields beside key or in patch, not both",
  });
