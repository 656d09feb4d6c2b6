import { join } from "node:path";
import { contentOf, migratedNow } from "./migrated-store.ts";
import type { CountedRow, MigratedRow } from "./migrated-row.ts";
import { runAt, type RunAt, runProgramAt } from "./run-at.ts";
import type { Peer } from "./start-peer.ts";

interface ListDocument {
  readonly sessions: readonly Omit<MigratedRow, "action">[];
}

interface CleanupDocument {
  readonly stores: readonly {
    /** Left out by a store without rows. */
    readonly decisions?: readonly { readonly key: string; readonly action: string }[];
  }[];
}

const listArgs = ["--json", "--all-agents", "--limit", "all"] as const;

/** Lets the built command list a migrated store, and preview its cleanup. */
export async function askOursMigrated(stateDir: string): Promise<readonly CountedRow[]> {
  const list: ListDocument = JSON.parse(outputOf(await runAt(migratedNow, stateDir, ["list", ...listArgs])));
  const flags = ["--preset", "openclaw-2026.5", "--json", "--details", "--quiet", "--dry-run"];
  const args = ["cleanup", ...flags, "--all-agents", "--fix-missing"];
  const cleanup: CleanupDocument = JSON.parse(outputOf(await runAt(migratedNow, stateDir, args)));
  const actions = new Map(
    cleanup.stores.flatMap(({ decisions = [] }) => decisions.map(({ key, action }) => [key, action])),
  );
  return withActions(list, actions).map((row) => {
    const dir = join(stateDir, "agents", row.agentId, "sessions");
    return { ...row, ...contentOf(dir, row.key, row.sessionId) };
  });
}

/** Lets the peer do the same. */
export async function askPeerMigrated(
  peer: Peer,
  program: readonly [string, string],
  stateDir: string,
): Promise<readonly MigratedRow[]> {
  const options = { allAgents: true, dryRun: true, fixMissing: true };
  const answer = await peer.ask({ stateDir, now: migratedNow, options });
  if (answer.state !== "done")
    throw new Error(`the cleanup of the peer ended otherwise: ${JSON.stringify(answer)}`);
  const actions = new Map(answer.stores.flatMap((store) => Object.entries(store.actions)));
  const run = await runProgramAt(program, { now: migratedNow, stateDir, args: ["sessions", ...listArgs] });
  const list: ListDocument = JSON.parse(outputOf(run));
  return withActions(list, actions);
}

function withActions(
  { sessions }: ListDocument,
  actions: ReadonlyMap<string, string>,
): readonly MigratedRow[] {
  return sessions
    .map(({ key, agentId, sessionId, ageMs }) => {
      return { key, agentId, sessionId, ageMs, action: actions.get(key) ?? "absent" };
    })
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function outputOf({ status, stdout, stderr }: RunAt): string {
  if (status !== 0) throw new Error(`a program ended with ${status}: ${stderr}`);
  return stdout;
}
