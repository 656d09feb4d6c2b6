import { renderCliReference } from "./render-cli-reference.ts";
import { renderExitCodes } from "./render-exit-codes.ts";
import { renderFindings } from "./render-findings.ts";
import { renderJsonReference } from "./render-json-reference.ts";
import { renderSettingsReference } from "./render-settings-reference.ts";

/** Every generated page, by its path inside `docs/`. Pure: it reads and writes no file. */
export function renderDocs(): ReadonlyMap<string, string> {
  return new Map([
    ["reference/cli.md", renderCliReference()],
    ["reference/settings.md", renderSettingsReference()],
    ["reference/json.md", renderJsonReference()],
    ["findings.md", renderFindings()],
    ["exit-codes.md", renderExitCodes()],
  ]);
}
