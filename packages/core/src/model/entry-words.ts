/** How a conversation is shaped. `thread` is no documented value of the row, but maintenance honours it. */
const chatTypes = ["direct", "group", "channel", "thread"] as const;

const deliveryIntentKinds = ["outbound_queue"] as const;
const queuePolicies = ["required", "best_effort"] as const;
const overrideSources = ["auto", "user"] as const;

/**
 * The fields of a row whose text is one of a few documented words (OpenClaw 2026.5.28 store format).
 * Names are dotted paths from the row; `*` stands for every item of a list or map.
 * Other words are read and kept all the same: they only make an `entry-enum-unknown` finding.
 */
export const entryWords = {
  chatType: chatTypes,
  status: ["running", "done", "failed", "killed", "timeout"],
  subagentRole: ["orchestrator", "leaf"],
  subagentControlScope: ["children", "none"],
  thinkingLevel: ["off", "minimal", "low", "medium", "high", "xhigh"],
  reasoningLevel: ["on", "off", "stream"],
  elevatedLevel: ["on", "off", "ask", "full"],
  execHost: ["auto", "sandbox", "gateway", "node"],
  execSecurity: ["deny", "allowlist", "full"],
  execAsk: ["off", "on-miss", "always"],
  responseUsage: ["on", "off", "tokens", "full"],
  modelOverrideSource: overrideSources,
  authProfileOverrideSource: overrideSources,
  groupActivation: ["mention", "always"],
  sendPolicy: ["allow", "deny"],
  queueMode: ["steer", "followup", "collect", "interrupt"],
  queueDrop: ["old", "new", "summarize"],
  "origin.chatType": chatTypes,
  "route.target.chatType": chatTypes,
  "route.thread.kind": ["topic", "thread", "reply"],
  "route.thread.source": ["explicit", "target", "session", "turn"],
  "deliveryContext.deliveryIntent.kind": deliveryIntentKinds,
  "deliveryContext.deliveryIntent.queuePolicy": queuePolicies,
  "pendingFinalDeliveryContext.deliveryIntent.kind": deliveryIntentKinds,
  "pendingFinalDeliveryContext.deliveryIntent.queuePolicy": queuePolicies,
  "quotaSuspension.reason": ["quota_exhausted", "manual", "circuit_open"],
  "quotaSuspension.state": ["active", "draining", "suspended", "resuming", "circuit_open", "failed_handoff"],
  "contextBudgetStatus.source": ["pre-prompt-estimate"],
  "contextBudgetStatus.route": [
    "fits",
    "compact_only",
    "truncate_tool_results_only",
    "compact_then_truncate",
  ],
  "compactionCheckpoints.*.reason": ["manual", "auto-threshold", "overflow-retry", "timeout-retry"],
  "skillsSnapshot.promptRef.algorithm": ["sha256"],
  "systemPromptReport.source": ["run", "estimate"],
  "pluginNextTurnInjections.*.*.placement": ["prepend_context", "append_context"],
  "acp.identity.state": ["pending", "resolved"],
  "acp.identity.source": ["ensure", "status", "event"],
  "acp.mode": ["persistent", "oneshot"],
  "acp.state": ["idle", "running", "error"],
} as const satisfies Record<string, readonly string[]>;
