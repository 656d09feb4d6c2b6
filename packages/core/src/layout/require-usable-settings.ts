import type { Finding } from "../findings/finding.ts";
import { StoreError } from "../store-error.ts";
import type { SessionSettings } from "./session-settings.ts";

/**
 * Holds back whatever removes: throws a StoreError E_CONFIG that lists every error finding of the settings, file by file
 * (docs/invariants.md I10). Returns if there is none.
 */
export function requireUsableSettings(settings: SessionSettings): void {
  const errors = settings.findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const files = [...new Set(errors.map(({ place }) => place.path))];
  const texts = files.map((file) => {
    const lines = errors.filter(({ place }) => place.path === file).map(errorLine);
    return `The settings in ${file ?? "openclaw.json"} can't be relied on. Nothing was changed.\n${lines.join("\n")}`;
  });
  throw new StoreError("E_CONFIG", texts.join("\n"), {
    hint: "Correct them; `sessionsmith explain <finding id>` says what each finding means.",
    details: {
      path: files[0] ?? null,
      findings: errors.map(({ id, place }) => ({ id, path: place.path ?? null, field: place.field ?? null })),
    },
  });
}

function errorLine({ id, place, details = {} }: Finding): string {
  const { expected, problem } = details;
  if (typeof problem === "string") return `  ${id}: ${problem}`;
  return `  ${place.field ?? "?"}: ${id}${typeof expected === "string" ? `, expected ${expected}` : ""}`;
}
