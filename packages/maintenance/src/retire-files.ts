import type {
  FileClass,
  FileDecision,
  FileDestination,
  FilePass,
  RowDecision,
  StoreFile,
  StoreSnapshot,
} from "@sessionsmith/core";
import { transcriptOfSidecar } from "./sidecar.ts";

/** How a row lets go of its files. */
export interface Departure {
  /** Why, in stable words for the decisions on its files. */
  readonly reasons: readonly string[];
  /** Where its transcripts go; sidecars go to the trash. */
  readonly transcriptsTo: FileDestination;
  /** The pass that asked for it. */
  readonly pass: FilePass;
}

/** The rows that let go of their files, by key. */
type Leaving = ReadonlyMap<string, unknown>;

interface Retirement<L extends Leaving = Leaving> {
  readonly snapshot: StoreSnapshot;
  readonly leaving: L;
  /** Keys of rows one of whose transcripts somebody has locked. */
  readonly locked: ReadonlySet<string>;
}

/**
 * Decides on the files of rows that leave, or that stay without their files (docs/invariants.md I6). A transcript goes into an
 * archive beside the index (of a row that leaves for the disk budget, into the trash) and its sidecars into the trash, but only
 * if every row that references the file lets go of it, nothing else protects it, and it is a regular file with one name and without
 * a lock. Otherwise the file stays where it is, and the decision says why.
 */
export function retireFiles(snapshot: StoreSnapshot, rows: readonly RowDecision[]): readonly FileDecision[] {
  const departures = new Map<string, Departure>();
  const leaving = new Map<string, Departure>();
  for (const { key, action, change } of rows) {
    if (action === "keep" && change?.detached !== true) continue;
    const reason = action === "keep" ? "stage-metadata" : action;
    const departure = departures.get(reason) ?? departureFor(reason);
    departures.set(reason, departure);
    leaving.set(key, departure);
  }
  return retireFilesOf(snapshot, leaving);
}

/** An archive beside the index would go on to count against the budget. */
function departureFor(reason: string): Departure {
  return reason === "evict-budget"
    ? { reasons: [reason], transcriptsTo: "trash", pass: "budget" }
    : { reasons: [reason], transcriptsTo: "archive-deleted", pass: "row" };
}

/** The same as {@link retireFiles} for rows whose files go where each of them says: into the trash if any row of a file says so. */
export function retireFilesOf(
  snapshot: StoreSnapshot,
  leaving: ReadonlyMap<string, Departure>,
): readonly FileDecision[] {
  if (leaving.size === 0) return [];
  const retirement = { snapshot, leaving, locked: lockedKeys(snapshot) };
  const leaves = (key: string) => leaving.has(key);
  const decisions: FileDecision[] = [];
  for (const file of snapshot.files.values())
    if (rowsOf(file.name, retirement).some(leaves)) decisions.push(decideFile(file, retirement));
  return decisions;
}

/**
 * Prepares the question why a file that leaving rows reference may not leave with them; the answer is undefined for one that may.
 * @param leaving keys of the rows that leave; it may grow between two questions
 */
export function openRetirement(
  snapshot: StoreSnapshot,
  leaving: Leaving,
): (file: StoreFile) => string | undefined {
  const retirement = { snapshot, leaving, locked: lockedKeys(snapshot) };
  return (file) => whyFileStays(file, retirement);
}

function lockedKeys({ rows }: StoreSnapshot): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { row, locked } of rows) if (locked) keys.add(row.key);
  return keys;
}

function decideFile(file: StoreFile, retirement: Retirement<ReadonlyMap<string, Departure>>): FileDecision {
  const { name, nameClass } = file;
  const { size } = file.fact;
  const whyStays = whyFileStays(file, retirement);
  if (whyStays !== undefined) return { name, action: "keep", reasons: [whyStays], size, pass: "row" };
  const { reasons, transcriptsTo, pass } = departureOf(name, retirement);
  return { name, action: isTranscript(nameClass) ? transcriptsTo : "trash", reasons, size, pass };
}

/** How the rows of a file let go of it together: into the trash if any of them says so, with the reasons of all. */
function departureOf(name: string, retirement: Retirement<ReadonlyMap<string, Departure>>): Departure {
  let whole: Departure | undefined;
  for (const key of rowsOf(name, retirement)) {
    const departure = retirement.leaving.get(key);
    if (departure !== undefined) whole = whole === undefined ? departure : joined(whole, departure);
  }
  if (whole === undefined) throw new Error("a file of no row that leaves");
  return whole;
}

/** The reasons are sorted, each of them once. */
function joined(one: Departure, other: Departure): Departure {
  if (one === other) return one;
  const decisive = one.transcriptsTo !== "trash" && other.transcriptsTo === "trash" ? other : one;
  return { ...decisive, reasons: [...new Set([...one.reasons, ...other.reasons])].toSorted() };
}

/** The first thing that speaks against moving a file that a leaving row references. */
function whyFileStays(file: StoreFile, retirement: Retirement): string | undefined {
  const { name, fact, nameClass } = file;
  const { snapshot, leaving, locked } = retirement;
  const keys = rowsOf(name, retirement);
  if (!keys.every((key) => leaving.has(key))) return "referenced-by-another-row";
  if (locked.size > 0 && keys.some((key) => locked.has(key))) return "locked";
  if (snapshot.references.protectedElsewhere.has(name)) return "referenced-elsewhere";
  if (snapshot.references.unread.length > 0) return "references-unknown";
  if (fact.kind !== "file") return "not-a-regular-file";
  if (fact.nlink > 1) return "hard-linked";
  return isTranscript(nameClass) ? undefined : whySidecarStays(nameClass, retirement);
}

/** A sidecar goes with its transcript or after it, never before. */
function whySidecarStays(nameClass: FileClass, retirement: Retirement): string | undefined {
  const name = transcriptOfSidecar(nameClass);
  if (name === undefined) return "neither-transcript-nor-sidecar";
  const transcript = retirement.snapshot.files.get(name);
  if (transcript === undefined) return undefined;
  const isNobodys = rowsOf(name, retirement).length === 0;
  return isNobodys || whyFileStays(transcript, retirement) !== undefined ? "transcript-stays" : undefined;
}

const nobody: readonly string[] = [];

function rowsOf(name: string, { snapshot }: Retirement): readonly string[] {
  return snapshot.references.rowsByFile.get(name) ?? nobody;
}

function isTranscript({ kind }: FileClass): boolean {
  return kind === "transcript" || kind === "checkpoint";
}
