import { StoreError } from "../store-error.ts";
import type { SessionSettings } from "./session-settings.ts";

/**
 * Holds back whatever removes: throws a StoreError E_CONFIG that lists every error finding of the settings
 * (docs/invariants.md I10). Returns if there is none.
 */
export function requireUsableSettings(settings: SessionSettings): void {
  const errors = settings.findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const lines = errors.map(({ id, place, details }) => {
    const expected = details?.["expected"];
    return `  ${place.field ?? "?"}: ${id}${typeof expected === "string" ? `, expected ${expected}` : ""}`;
  });
  throw new StoreError(
    "E_CONFIG",
    `The settings in ${settings.path ?? "openclaw.json"} can't be relied on. Nothing was changed.\n${lines.join("\n")}`,
    {
      hint: "Correct these keys; `sessionsmith explain <finding id>` says what each finding means.",
      details: {
        path: settings.path ?? null,
        findings: errors.map(({ id, place }) => ({ id, field: place.field ?? null })),
      },
    },
  );
}
