import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fixturesDir, type MemoryFs, memoryFs, tree, writeTree } from "@sessionsmith/testkit";
import type { RepairDomain } from "../../src/repair/repair-domain.ts";

/** What `case.json` of a damaged store says. */
export interface DamagedCase {
  readonly about: string;
  /** Epoch ms at which it is repaired. */
  readonly now: number;
  /** The agents whose stores are repaired; `main` if left out. */
  readonly agents?: readonly string[];
  /** Everything if left out. */
  readonly domains?: readonly RepairDomain[];
  readonly rename?: { readonly from: string; readonly to: string };
  readonly rebase?: { readonly from: string; readonly to: string };
  /** Ids of the errors and warnings that are left, because nobody can mend them. */
  readonly remains?: readonly string[];
  /** Time and mode of files, by path below `before`; without it a day before, and 0600. */
  readonly files?: Readonly<Record<string, { readonly mtimeMs?: number; readonly mode?: string }>>;
}

const casesDir = join(fixturesDir, "damaged");
const dayMs = 86_400_000;

/** Where the state directory of a case lies on the disk of a test. */
export const damagedStateDir = "/home/user/.openclaw";

/** Names of the damaged stores, sorted. */
export const damagedCases: readonly string[] = readdirSync(casesDir).toSorted();

/** Reads what a damaged store is about. */
export function readDamagedCase(name: string): DamagedCase {
  const damaged: DamagedCase = JSON.parse(readFileSync(join(casesDir, name, "case.json"), "utf8"));
  return damaged;
}

/** A disk with a damaged store. */
export function damagedDisk(name: string): MemoryFs {
  const { now, files = {} } = readDamagedCase(name);
  const fs = memoryFs();
  const spec = [...filesBelow(name, "before")].map(([path, content]) => {
    const { mtimeMs = now - dayMs, mode = "600" } = files[path] ?? {};
    return [
      path,
      { content, mtimeNs: BigInt(mtimeMs) * 1_000_000n, mode: Number.parseInt(mode, 8) },
    ] as const;
  });
  writeTree(fs, damagedStateDir, Object.fromEntries(spec));
  return fs;
}

/** What the repair of a damaged store leaves, as text by path. */
export function expectedAfter(name: string): ReadonlyMap<string, string> {
  return new Map([...filesBelow(name, "after")].map(([path, content]) => [path, content.toString("latin1")]));
}

/** What is on a disk, as {@link expectedAfter} gives it. */
export function stateAfter(fs: MemoryFs): ReadonlyMap<string, string> {
  return new Map(
    [...tree(fs, damagedStateDir)].flatMap(([path, { kind, bytes }]) =>
      kind === "file" && !path.includes(".sessionsmith/")
        ? [[path, bytes?.toString("latin1") ?? ""] as const]
        : [],
    ),
  );
}

function filesBelow(name: string, part: "after" | "before"): ReadonlyMap<string, Buffer> {
  const dir = join(casesDir, name, part);
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name: file }) => join(parentPath, file));
  return new Map(files.toSorted().map((path) => [path.slice(dir.length + 1), readFileSync(path)]));
}
