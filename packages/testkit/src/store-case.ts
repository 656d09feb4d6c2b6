import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fixturesDir } from "./fixtures-dir.ts";
import type { RecordedCleanup, RecordedList } from "./recorded-output.ts";

/** A recorded store: what `case.json` of `fixtures/stores/<case>/` holds. */
export interface StoreCase {
  /** Epoch ms at which the runs were recorded; rows are judged by it. */
  readonly now: number;
  /** The state directory that stored absolute paths speak of. */
  readonly stateDir: string;
  /** By path relative to the state directory. */
  readonly files: Readonly<Record<string, CaseFile>>;
  /** The commands that were run on a fresh copy each, by name. */
  readonly runs: Readonly<Record<string, CaseRun>>;
}

/** Time and mode of one file. */
export interface CaseFile {
  readonly mtimeMs: number;
  /** Octal digits (`600`). */
  readonly mode: string;
  /** Bytes when it was recorded; that of an index differs from the copy here, whose absolute paths were shortened. */
  readonly size: number;
}

/** One recorded command. Its standard output is `outputs/<name>.json` or `.txt`. */
export interface CaseRun {
  readonly args: readonly string[];
  readonly exit: number;
  readonly stderr: string;
  /** What was left, for the runs that changed the store. */
  readonly after?: { readonly keys: readonly string[]; readonly files: readonly string[] };
}

const storesDir = join(fixturesDir, "stores");

/** Names of the recorded OpenClaw stores, sorted. */
export function listStoreCases(): readonly string[] {
  return readdirSync(storesDir).toSorted();
}

/** Directory of a recorded store. */
export function storeCaseDir(name: string): string {
  return join(storesDir, name);
}

/** Reads `case.json` of a recorded store. */
export function readStoreCase(name: string): StoreCase {
  const storeCase: StoreCase = JSON.parse(readCaseFile(name, "case.json"));
  return storeCase;
}

/** Reads the recorded answer of a run of `sessions --json`. */
export function readRecordedList(name: string, run: string): RecordedList {
  const list: RecordedList = JSON.parse(readCaseFile(name, "outputs", `${run}.json`));
  return list;
}

/** Reads the recorded answer of a run of `sessions cleanup --json`. */
export function readRecordedCleanup(name: string, run: string): RecordedCleanup {
  const cleanup: RecordedCleanup = JSON.parse(readCaseFile(name, "outputs", `${run}.json`));
  return cleanup;
}

/** Reads the recorded standard output of a run that printed text. */
export function readCaseText(name: string, run: string): string {
  return readCaseFile(name, "outputs", `${run}.txt`);
}

function readCaseFile(name: string, ...path: readonly string[]): string {
  return readFileSync(join(storeCaseDir(name), ...path), "utf8");
}
