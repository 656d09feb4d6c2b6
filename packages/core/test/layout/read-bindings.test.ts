import { expect, test } from "vitest";
import { readBindingDmScopes } from "../../src/layout/read-bindings.ts";
import { rootObject, type SettingsReport } from "../../src/layout/settings-object.ts";

test.each([
  [{ agentId: "Main", match: { channel: " Telegram " } }, "main", "telegram"],
  [
    { agentId: "main", match: { channel: "telegram", accountId: "a", peer: { kind: "direct", id: "5" } } },
    "main",
    "telegram",
  ],
  [{ match: { channel: "telegram" } }, null, "telegram"],
  [{ agentId: "main" }, "main", null],
  [{ agentId: "*", match: { channel: "*" } }, null, null],
  [{ agentId: "${AGENT}", match: { channel: "${CHANNEL}" } }, null, null],
  [{ agentId: 7, match: { channel: ["telegram"] } }, null, null],
  [{ agentId: "main", match: { $include: "x", channel: "telegram" } }, "main", null],
  [{ agentId: "main", match: "telegram" }, "main", null],
])("%j", (binding, agentId, channel) => {
  const report: SettingsReport = { file: "openclaw.json", findings: [] };
  const bindings = [{ agentId: "other" }, { ...binding, session: { dmScope: "per-peer" } }];
  const read = readBindingDmScopes(rootObject({ bindings }, report), report);
  expect(read).toEqual([{ dmScope: "per-peer", agentId, channel }]);
  expect(report.findings).toEqual([]);
});
