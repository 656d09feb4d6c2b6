import { describe, expect, test } from "vitest";
import { finding } from "../../src/findings/finding.ts";
import { requireUsableSettings } from "../../src/layout/require-usable-settings.ts";
import { readSettings } from "../../src/layout/read-settings.ts";
import { testHost } from "./test-host.ts";

const path = "/home/u/.openclaw/openclaw.json";
const settings = { ...readSettings(testHost("/home/u"), undefined), path };

describe("requireUsableSettings", () => {
  test("lets warnings pass", () => {
    const findings = [
      finding("settings-deprecated-key", { path }),
      finding("settings-ignored-key", { path }),
    ];
    expect(() => requireUsableSettings({ ...settings, findings })).not.toThrow();
  });

  test("lists every error", () => {
    const findings = [
      finding("settings-include", { path, field: "$include" }),
      finding("settings-deprecated-key", { path, field: "session.maintenance.pruneDays" }),
      finding(
        "settings-invalid-value",
        { path, field: "session.maintenance.maxEntries" },
        { expected: "a positive whole number" },
      ),
    ];
    expect(() => requireUsableSettings({ ...settings, findings })).toThrow(
      expect.objectContaining({
        code: "E_CONFIG",
        message: [
          `The settings in ${path} can't be relied on. Nothing was changed.`,
          "  $include: settings-include",
          "  session.maintenance.maxEntries: settings-invalid-value, expected a positive whole number",
        ].join("\n"),
        details: {
          path,
          findings: [
            { id: "settings-include", path, field: "$include" },
            { id: "settings-invalid-value", path, field: "session.maintenance.maxEntries" },
          ],
        },
      }),
    );
  });

  test("tells of two files which is which", () => {
    const own = "/home/u/.openclaw/sessionsmith.json5";
    const findings = [
      finding("settings-include", { path, field: "$include" }),
      finding(
        "settings-unreadable",
        { path: own },
        { problem: `The settings file ${own} is not valid UTF-8.` },
      ),
    ];
    expect(() => requireUsableSettings({ ...settings, findings })).toThrow(
      expect.objectContaining({
        message: [
          `The settings in ${path} can't be relied on. Nothing was changed.`,
          "  $include: settings-include",
          `The settings in ${own} can't be relied on. Nothing was changed.`,
          `  settings-unreadable: The settings file ${own} is not valid UTF-8.`,
        ].join("\n"),
      }),
    );
  });
});
