import { findingCatalogue } from "@sessionsmith/core";
import type { Finding, FindingMeaning, FindingSeverity } from "@sessionsmith/core";
import type { StorePicture } from "@sessionsmith/maintenance";
import type { StoreResult } from "../for-each-store.ts";
import type { CheckedStore } from "./checked-store.ts";

/** What `check` found, as its JSON document has it. */
export interface CheckReport {
  /** True if no finding is an error. */
  readonly ok: boolean;
  /** True if every line of every transcript was looked at. */
  readonly deep: boolean;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** On the settings, and on where stores lie. */
  readonly findings: readonly ReportedFinding[];
  readonly stores: readonly ReportedStore[];
}

/** A finding with what its id means. */
export interface ReportedFinding extends Finding {
  readonly title: FindingMeaning["title"];
  readonly remedy: FindingMeaning["remedy"];
  /** The command that mends it; null if none does. */
  readonly command: string | null;
}

/** What was found in one store. */
export interface ReportedStore {
  readonly agentId: string;
  readonly storePath: string;
  /** Null if the store could not be looked at. */
  readonly era: string | null;
  readonly sessions: StorePicture["sessions"];
  /** How many transcripts there are, and how many of them were looked into. */
  readonly transcripts: number;
  readonly transcriptsLookedAt: number;
  readonly findings: readonly ReportedFinding[];
  readonly files: StorePicture["files"];
  readonly fields: StorePicture["fields"];
  readonly error?: { readonly code: string; readonly message: string };
}

/** Puts together what was found in all stores; `others` are findings on the settings and on places. */
export function checkReport(
  results: readonly StoreResult<CheckedStore>[],
  { deep, others }: { readonly deep: boolean; readonly others: readonly Finding[] },
): CheckReport {
  const stores = results.map(reportedStore);
  const findings = others.map(reported);
  const all = [...findings, ...stores.flatMap((store) => store.findings)];
  const count = (wanted: FindingSeverity): number => all.filter(({ severity }) => severity === wanted).length;
  const errors = count("error");
  return {
    ok: errors === 0,
    deep,
    errors,
    warnings: count("warning"),
    infos: count("info"),
    findings,
    stores,
  };
}

function reportedStore(result: StoreResult<CheckedStore>): ReportedStore {
  const { agentId, indexPath: storePath } = result.target;
  const none = {
    sessions: null,
    transcripts: 0,
    transcriptsLookedAt: 0,
    findings: [],
    files: [],
    fields: [],
  };
  const nothing = { agentId, storePath, ...none };
  if (result.state === "empty") return { ...nothing, era: "empty" };
  if (result.state === "failed") {
    const { code, message } = result.error;
    return { ...nothing, era: null, error: { code, message } };
  }
  const { findings, ...facts } = result.value;
  return { agentId, storePath, ...facts, findings: findings.map(reported) };
}

function reported(found: Finding): ReportedFinding {
  const { title, remedy } = findingCatalogue[found.id];
  return { ...found, title, remedy, command: commandIn(remedy) };
}

/** A remedy names the repair that it means, if there is one. */
function commandIn(remedy: string): string | null {
  return /`(sessionsmith repair[^`]*)`/.exec(remedy)?.[1] ?? null;
}
