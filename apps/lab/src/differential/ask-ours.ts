import { join, relative } from "node:path";
import type { CleanupCase, CaseOutcome } from "./cleanup-case.ts";
import { readKeys } from "./read-keys.ts";
import { runAt } from "./run-at.ts";

interface Report {
  readonly storePath: string;
  readonly decisions: readonly { readonly key: string; readonly action: string }[];
}

interface Document extends Partial<Report> {
  readonly stores?: readonly Report[];
}

/** Runs the built command on a state directory: first a dry-run, then the run itself. */
export async function askOurs(stateDir: string, { sketch, order }: CleanupCase): Promise<CaseOutcome> {
  const args = [
    "cleanup",
    "--preset",
    "openclaw-2026.5",
    "--json",
    "--details",
    "--quiet",
    ...commandLine(stateDir, order),
  ];
  const preview = await runAt(sketch.now, stateDir, [...args, "--dry-run"]);
  if (preview.status !== 0) return { state: "refused", why: preview.stderr };
  const enforce = order.enforce === true ? ["--enforce"] : [];
  const run = await runAt(sketch.now, stateDir, [
    ...args,
    ...enforce,
    "--allow-mass",
    "--allow-orphans",
    "--while-running",
  ]);
  if (run.status !== 0) return { state: "refused", why: run.stderr };
  const document: Document = JSON.parse(preview.stdout);
  const reports = document.stores ?? [reportOf(document)];
  return {
    state: "done",
    stores: reports.map(({ storePath, decisions }) => ({
      index: relative(stateDir, storePath),
      actions: Object.fromEntries(decisions.map(({ key, action }) => [key, action])),
      left: readKeys(storePath),
    })),
  };
}

function reportOf({ storePath, decisions }: Document): Report {
  if (storePath === undefined || decisions === undefined) throw new Error("a report without decisions");
  return { storePath, decisions };
}

function commandLine(stateDir: string, order: CleanupCase["order"]): readonly string[] {
  const { store, agent, activeKey } = order;
  return [
    ...(store === undefined ? [] : ["--store", join(stateDir, store)]),
    ...(agent === undefined ? [] : ["--agent", agent]),
    ...(activeKey === undefined ? [] : [`--active-key=${activeKey}`]),
    ...(order.allAgents === true ? ["--all-agents"] : []),
    ...(order.fixMissing === true ? ["--fix-missing"] : []),
    ...(order.fixDmScope === true ? ["--fix-dm-scope"] : []),
  ];
}
