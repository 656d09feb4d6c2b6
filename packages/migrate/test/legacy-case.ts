import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fixturesDir, type FileSpec, type MemoryFs, tree } from "@sessionsmith/testkit";
import type { PlannedMigration } from "../src/plan-migration.ts";
import { stateDir, workspace } from "./legacy-disk.ts";

const casesDir = join(fixturesDir, "legacy");

/** The modification time of every file of a case: only where a store says nothing of its times it matters. */
const mtimeNs = 1_795_200_000_000_000_000n;

/** Names of the legacy stores, sorted. */
export const legacyCases: readonly string[] = readdirSync(casesDir).toSorted();

/** The files of a legacy store. */
export function filesBefore(name: string): Readonly<Record<string, FileSpec>> {
  const files = readFiles(join(casesDir, name, "before"));
  return Object.fromEntries([...files].map(([path, content]) => [path, { content, mtimeNs }]));
}

/** What the state directory must hold afterwards, as text by path. */
export function expectedAfter(name: string): ReadonlyMap<string, string> {
  return new Map(
    [...readFiles(join(casesDir, name, "after"))].map(([path, bytes]) => [path, bytes.toString()]),
  );
}

/** What must be reported. */
export function expectedReport(name: string): unknown {
  return JSON.parse(readFileSync(join(casesDir, name, "report.json"), "utf8"));
}

/** The files below the state directory, without what belongs to the operations. */
export function stateAfter(fs: MemoryFs): ReadonlyMap<string, string> {
  const files = [...tree(fs, stateDir)].filter(
    ([path, { kind }]) =>
      kind === "file" && !path.includes(".sessionsmith/") && !path.includes("backup_old_format/"),
  );
  return new Map(files.map(([path, { bytes }]) => [path, bytes?.toString() ?? ""]));
}

/** What a migration reports, with the paths of the workspace cut off. */
export function reportOf({ sessions, findings }: PlannedMigration): unknown {
  const report = { sessions, findings };
  return JSON.parse(JSON.stringify(report).replaceAll(`${workspace}/`, "").replaceAll(`${stateDir}/`, ""));
}

function readFiles(dir: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(dir, { recursive: true, encoding: "utf8" }).toSorted();
  const files = names.filter((name) => statSync(join(dir, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(dir, name))]));
}

/** What is migrated in a case: a state directory in those whose dialect lies there, else a workspace. */
export function pathOf(name: string): string {
  return name === "agent-dir-l3" ? stateDir : workspace;
}
