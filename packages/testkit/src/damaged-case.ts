import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fixturesDir } from "./fixtures-dir.ts";

/** A damaged store, and what a repair makes of it: a directory of `fixtures/damaged/`. */
export interface DamagedCase {
  readonly name: string;
  /** What is wrong with it, in a sentence. */
  readonly what: string;
  /** What is repaired; everything if left out. */
  readonly domains?: readonly string[];
  /** An agent that has got another id. */
  readonly rename?: { readonly from: string; readonly to: string };
  /** A directory that has got another path. */
  readonly rebase?: { readonly from: string; readonly to: string };
  /** Octal permission bits of files by relative path; 600 if left out. */
  readonly modes?: Readonly<Record<string, string>>;
  /** Ids of the errors and warnings that a deep check finds, sorted. */
  readonly findings: readonly string[];
  /** Those that are left after the repair; none if left out. */
  readonly left?: readonly string[];
  /** Bytes of every file of the state directory, by relative path. */
  readonly before: Readonly<Record<string, Buffer>>;
  readonly after: Readonly<Record<string, Buffer>>;
}

/** The time at which every file of a damaged store was last written: 2026-11-20T10:00:00Z, epoch ms. */
export const damagedAtMs: number = Date.UTC(2026, 10, 20, 10);

const casesDir = join(fixturesDir, "damaged");

/** Names of the damaged stores, sorted. */
export function listDamagedCases(): readonly string[] {
  return readdirSync(casesDir).toSorted();
}

/** Reads a damaged store and what is expected of its repair. */
export function readDamagedCase(name: string): DamagedCase {
  const dir = join(casesDir, name);
  const about: Omit<DamagedCase, "after" | "before" | "name"> = JSON.parse(
    readFileSync(join(dir, "case.json"), "utf8"),
  );
  return { name, ...about, before: filesIn(join(dir, "before")), after: filesIn(join(dir, "after")) };
}

function filesIn(dir: string): Readonly<Record<string, Buffer>> {
  if (!existsSync(dir)) return {};
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [relative(dir, path), readFileSync(path)]),
  );
}
