import { counted } from "./counted.ts";
import type { Finding } from "@sessionsmith/core";
import { safeText } from "./safe-text.ts";

/** How many findings of which ids there are, in one line: `3 findings: a (2), b (1). Run with --verbose to see them.` */
export function summarizeFindings(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { id } of findings) counts.set(id, (counts.get(id) ?? 0) + 1);
  const parts = [...counts].map(([id, count]) => `${id} (${count})`);
  return `${counted(findings.length, "finding")}: ${parts.join(", ")}. Run with --verbose to see them.`;
}

/** One line for a finding: severity, id, place, details. */
export function renderFinding(found: Finding): string {
  return safeText([found.severity, found.id, ...factsOf(found)].join(" "));
}

/** Where a finding was made, and its details, in one line. */
export function renderPlace(found: Finding): string {
  return safeText(factsOf(found).join(" "));
}

function factsOf({ place, details = {} }: Finding): readonly string[] {
  return [...Object.entries(place), ...Object.entries(details)]
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
}
