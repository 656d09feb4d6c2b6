import { findingCatalogue } from "@sessionsmith/core";
import type { CommandHandler } from "../command-spec.ts";
import { nearestMatch } from "../nearest-match.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { renderTable } from "../render/table.ts";
import { UsageError } from "../usage-error.ts";

/** Runs `sessionsmith explain`: one finding by its id, or the list of all. */
export const runExplain: CommandHandler = async ({ io, options, arguments: [id] }) => {
  const findings = Object.entries(findingCatalogue).map(([name, meaning]) => ({ id: name, ...meaning }));
  const { json } = outputView(options, io);
  if (id === undefined) {
    if (json) writeJson({ findings }, io.stdout);
    else io.stdout(listFindings(findings, io.columns));
    return 0;
  }
  const found = findings.find((finding) => finding.id === id);
  if (found === undefined)
    throw unknownFinding(
      id,
      findings.map((finding) => finding.id),
    );
  if (json) writeJson(found, io.stdout);
  else
    io.stdout(
      `${[`${found.id} (${found.severity}): ${found.title}`, "", found.explanation, "", found.remedy].join("\n")}\n`,
    );
  return 0;
};

function listFindings(
  findings: readonly { readonly id: string; readonly severity: string; readonly title: string }[],
  width: number | undefined,
): string {
  const rows = findings.map(({ id, severity, title }) => [severity, id, title]);
  const columns = [{ header: "Severity" }, { header: "Id" }, { header: "Meaning", least: 20 }];
  return `${renderTable({ columns, rows, width }).join("\n")}\n`;
}

function unknownFinding(id: string, ids: readonly string[]): UsageError {
  const near = nearestMatch(id, ids);
  const hint = near === undefined ? "`sessionsmith explain` lists all ids." : `Did you mean ${near}?`;
  return new UsageError(`there is no finding with the id "${id}"`, hint);
}
