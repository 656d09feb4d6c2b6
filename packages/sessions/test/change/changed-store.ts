import { readSettings, type StoreTarget } from "@sessionsmith/core";
import { type EngineHost, planUndoOf } from "@sessionsmith/core/engine";
import { applyPlan } from "@sessionsmith/core/engine";
import { type MemoryFs, memoryFs, memoryHost, tree, writeTree } from "@sessionsmith/testkit";
import type { StoreScope } from "../../src/change/store-scope.ts";

/** The state directory of these tests. */
export const stateDir = "/home/user/.openclaw";
/** The sessions directory of the agent `main`. */
export const sessionsDir = `${stateDir}/agents/main/sessions`;
/** A moment after every row of these tests, epoch ms. */
export const now = Date.UTC(2026, 10, 21);

/** Rows by key, further files by name, and what `openclaw.json` holds. */
export interface StoreSketch {
  readonly rows?: Readonly<Record<string, unknown>> | string;
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: object;
}

/** A disk with one store of the agent `main`; without rows there is no store. */
export function diskWith({ rows, files = {}, settings = {} }: StoreSketch): MemoryFs {
  const fs = memoryFs();
  writeTree(fs, stateDir, { "openclaw.json": JSON.stringify(settings) });
  if (rows === undefined) return fs;
  const index = typeof rows === "string" ? rows : JSON.stringify(rows, null, 2);
  writeTree(fs, sessionsDir, { "sessions.json": index, ...files });
  return fs;
}

/** The store of an agent. */
export function targetOf(agentId: string): StoreTarget {
  const dir = `${stateDir}/agents/${agentId}/sessions`;
  return {
    indexPath: `${dir}/sessions.json`,
    sessionsDir: dir,
    agentId,
    origin: "configured",
    shared: false,
  };
}

/** An engine's host a day after the rows of these tests. */
export function hostOver(fs: MemoryFs, firstId = 1): EngineHost {
  return memoryHost(fs, firstId, now);
}

/** The store of the agent `main` on a disk. */
export function scopeOn(fs: MemoryFs, firstId = 1, agentId = "main"): StoreScope {
  const host = hostOver(fs, firstId);
  const settings = readSettings(host, `${stateDir}/openclaw.json`, stateDir);
  return { host, settings, stateDir, target: targetOf(agentId) };
}

/** Names and texts of the files of a sessions directory, apart from what is an operation's own. */
export function visible(fs: MemoryFs, dir = sessionsDir): Readonly<Record<string, string>> {
  const entries = fs.lstat(dir) === undefined ? [] : [...tree(fs, dir)];
  return Object.fromEntries(
    entries
      .filter(([path, { kind }]) => kind === "file" && !path.startsWith(".sessionsmith/"))
      .map(([path, { bytes }]) => [path, bytes?.toString("utf8") ?? ""]),
  );
}

/** The rows of the index, parsed. */
export function rowsOf(fs: MemoryFs, dir = sessionsDir): Readonly<Record<string, unknown>> {
  const rows: Record<string, unknown> = JSON.parse(visible(fs, dir)["sessions.json"] ?? "{}");
  return rows;
}

/** Takes an operation back. */
export async function undone(fs: MemoryFs, operationId: string | undefined): Promise<MemoryFs> {
  if (operationId === undefined) throw new Error("nothing to take back");
  const host = hostOver(fs, 5000);
  const planNow = () => planUndoOf(host, { realDir: sessionsDir, operationId }).plan;
  await applyPlan(host, planNow(), { replan: planNow });
  return fs;
}

/** A transcript with these lines after its header. */
export function transcript(id: string, ...lines: readonly object[]): string {
  const header = { type: "session", version: 3, id, timestamp: "2026-11-20T00:00:00.000Z", cwd: "/" };
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
}
