import type { Finding, FindingPlace } from "../findings/finding.ts";
import { finding } from "../findings/finding.ts";
import type { JsonObject } from "../json-value.ts";
import { readEntryObject } from "./entry-view.ts";
import { isOpenClawPythonRow } from "./openclaw-python-fields.ts";

/** The names that OpenClaw renames when it loads a row, with the names that they become. */
const legacyFieldNames: ReadonlyMap<string, string> = new Map([
  ["provider", "channel"],
  ["lastProvider", "lastChannel"],
  ["room", "groupChannel"],
]);

/** Findings on fields that a row should not hold: old names, names of another program, and what belongs to a running one. */
export function checkEntrySpelling(entry: JsonObject, place: FindingPlace): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [field, now] of legacyFieldNames) {
    if (Object.hasOwn(entry, field))
      findings.push(finding("entry-legacy-field", { ...place, field }, { now }));
  }
  if (isOpenClawPythonRow(entry)) findings.push(finding("entry-snake-case", place));
  const skills = readEntryObject(entry, "skillsSnapshot");
  if (skills && Object.hasOwn(skills, "resolvedSkills")) {
    findings.push(finding("entry-ephemeral-field", { ...place, field: "skillsSnapshot.resolvedSkills" }));
  }
  return findings;
}
