import { findingCatalogue } from "@sessionsmith/core";
import { code, markdownPage, markdownTable } from "./markdown.ts";

const severities = [
  ["error", "data is lost, unreachable or unsafe"],
  ["warning", "something will go wrong later"],
  ["info", "worth knowing"],
] as const;

/** `docs/findings.md`: every finding with its meaning and its remedy. */
export function renderFindings(): string {
  const findings = Object.entries(findingCatalogue);
  return markdownPage("Findings", [
    "A finding is a fact about a store or its settings. Its id never changes. `sessionsmith explain <id>` shows the same text.",
    markdownTable(["severity", "meaning"], severities),
    markdownTable(
      ["finding", "severity", "what it is"],
      findings.map(([id, { severity, title }]) => [`[${id}](#${id})`, severity, title]),
    ),
    ...findings.flatMap(([id, { severity, title, explanation, remedy }]) => [
      `## ${id}`,
      `${code(severity)}: ${title}`,
      explanation,
      `**What to do:** ${remedy}`,
    ]),
  ]);
}
