import { counted } from "../render/counted.ts";
import type { Paint } from "../render/paint.ts";
import { renderPlace } from "../render/findings.ts";
import { safeText } from "../render/safe-text.ts";
import { renderTable } from "../render/table.ts";
import type { CheckReport, ReportedFinding, ReportedStore } from "./check-report.ts";
import { pictureLines } from "./check-picture.ts";

/** How a report is shown. */
export interface CheckTextView {
  /** Shows every place of a finding, not only the first ones. */
  readonly verbose: boolean;
  /** Columns of the terminal, if it is one. */
  readonly width: number | undefined;
  readonly paint: Paint;
}

/** Places that are shown of a finding unless all are asked for. */
const shownPlaces = 3;
const severities = ["error", "warning", "info"] as const;

/** What `check` prints: for each store its findings by id with their places, then what takes its space. */
export function checkText(report: CheckReport, view: CheckTextView): string {
  const { errors, warnings, infos, findings, stores } = report;
  const lines = [
    ...(findings.length === 0 ? [] : ["Settings and places", ...findingLines(findings, view), ""]),
    ...stores.flatMap((store) => [...storeLines(store, view), ""]),
    `${counted(errors, "error")}, ${counted(warnings, "warning")}, ${infos} worth knowing`,
  ];
  return `${lines.join("\n")}\n`;
}

function storeLines(store: ReportedStore, view: CheckTextView): readonly string[] {
  const { agentId, storePath, era, error, findings, sessions, transcripts, transcriptsLookedAt } = store;
  const title = safeText(`Session store: ${storePath} (agent ${agentId})`);
  if (error !== undefined) return [title, "Not looked at; see the error."];
  if (era === "empty" && sessions === null) return [title, "There is no store yet."];
  const unread = era === "database" ? "The database can't be read." : "The index can't be read.";
  const what = sessions === null ? unread : `Sessions: ${sessions}, era: ${era}`;
  const looked =
    transcriptsLookedAt < transcripts
      ? [`Transcripts: the ${transcriptsLookedAt} written last of ${transcripts}; --deep looks at all`]
      : [];
  const found = findings.length === 0 ? ["Nothing was found."] : findingLines(findings, view);
  return [title, what, ...looked, "", ...found, ...pictureLines(store, view.width)];
}

function findingLines(
  findings: readonly ReportedFinding[],
  { verbose, width, paint }: CheckTextView,
): readonly string[] {
  const groups = groupById(findings);
  const colors = { error: paint.red, warning: paint.yellow, info: paint.dim } as const;
  const paintSeverity = (shown: string, value: string): string =>
    severities.reduce((text, severity) => (value === severity ? colors[severity](text) : text), shown);
  const table = renderTable({
    columns: [
      { header: "Severity", paint: paintSeverity },
      { header: "Finding" },
      { header: "Count" },
      { header: "Meaning", least: 20 },
    ],
    rows: groups.map(({ first, all }) => [first.severity, first.id, String(all.length), first.title]),
    width,
  });
  const limit = verbose ? Number.POSITIVE_INFINITY : shownPlaces;
  return [...table, ...groups.flatMap(({ first, all }) => ["", ...placeLines(first, all, limit)])];
}

interface FindingGroup {
  readonly first: ReportedFinding;
  readonly all: ReportedFinding[];
}

/** The groups of each severity in the order in which they were found, errors first. */
function groupById(findings: readonly ReportedFinding[]): readonly FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const found of findings) {
    const known = groups.get(found.id);
    if (known === undefined) groups.set(found.id, { first: found, all: [found] });
    else known.all.push(found);
  }
  return severities.flatMap((severity) =>
    [...groups.values()].filter(({ first }) => first.severity === severity),
  );
}

function placeLines(
  { id, remedy }: ReportedFinding,
  all: readonly ReportedFinding[],
  limit: number,
): readonly string[] {
  const places = all.slice(0, limit).map((found) => `  ${renderPlace(found)}`);
  const rest = all.length - places.length;
  const more = rest > 0 ? [`  … and ${rest} more; --verbose shows all`] : [];
  return [`${id}: ${remedy}`, ...places, ...more];
}
