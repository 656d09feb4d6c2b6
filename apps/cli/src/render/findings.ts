import type { Finding } from "@sessionsmith/core";
import { safeText } from "./safe-text.ts";

/** How many findings of which ids there are, in one line: `3 findings: a (2), b (1). Run with --verbose to see them.` */
export function summarizeFindings(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { id } of findings) counts.set(id, (counts.get(id) ?? 0) + 1);
  const parts = [...counts].map(([id, count]) => `${id} (${count})`);
  const noun = findings.length === 1 ? "finding" : "findings";
  return `${findings.length} ${noun}: ${parts.join(", ")}. Run with --verbose to see them.`;
}

/** One line for a finding: severity, id, place, details. */
export function renderFinding({ id, severity, place, details = {} }: Finding): string {
  const facts = [...Object.entries(place), ...Object.entries(details)]
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  return safeText([severity, id, ...facts].join(" "));
}
