import { expect, test } from "vitest";
import { sessionFlags } from "../../src/render/session-flags.ts";

test("every flag in OpenClaw's order", () => {
  expect(
    sessionFlags({
      sessionId: "s1",
      abortedLastRun: true,
      systemSent: true,
      groupActivation: "always",
      responseUsage: "tokens",
      elevatedLevel: "ask",
      reasoningLevel: "on",
      traceLevel: "on",
      verboseLevel: "on",
      thinkingLevel: "high",
    }),
  ).toBe(
    "think:high verbose:on trace:on reasoning:on elev:ask usage:tokens activation:always system aborted id:s1",
  );
});

test("what is absent, false, empty or of another type is no flag", () => {
  expect(
    sessionFlags({
      thinkingLevel: "",
      verboseLevel: 1,
      systemSent: "yes",
      abortedLastRun: false,
      sessionId: 7,
    }),
  ).toBe("");
});
