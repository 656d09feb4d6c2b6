import type { Finding } from "@sessionsmith/core";
import type { CliIo } from "./io.ts";
import type { OutputView } from "./output-view.ts";
import { renderFinding, summarizeFindings } from "./render/findings.ts";

/** Tells on standard error what was noticed: one line of counts, every finding under --verbose, nothing under --quiet. */
export function reportFindings(findings: readonly Finding[], view: OutputView, io: CliIo): void {
  if (view.quiet || findings.length === 0) return;
  const lines = view.verbose ? findings.map(renderFinding) : [summarizeFindings(findings)];
  io.stderr(lines.map((line) => `sessionsmith: ${line}\n`).join(""));
}
