import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { cliBin } from "../cli-bin.ts";
import type { CleanupCase, CaseOutcome } from "./cleanup-case.ts";
import { readKeys } from "./read-keys.ts";

const clock = fileURLToPath(new URL("../../dist/fixed-clock.js", import.meta.url));

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

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function runAt(now: number, stateDir: string, args: readonly string[]): Promise<Run> {
  // Port 9 (discard) answers nowhere, so no gateway is found on this machine.
  const env = {
    OPENCLAW_STATE_DIR: stateDir,
    OPENCLAW_GATEWAY_PORT: "9",
    HOME: stateDir,
    LAB_NOW: String(now),
  };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--import", clock, cliBin, ...args],
      { env },
      (_, stdout, stderr) => {
        resolve({ status: child.exitCode, stdout, stderr });
      },
    );
  });
}
