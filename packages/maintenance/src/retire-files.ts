import type { FileClass, FileDecision, RowDecision, StoreFile, StoreSnapshot } from "@sessionsmith/core";

interface Retirement {
  readonly snapshot: StoreSnapshot;
  /** Key of each row that leaves, with its action, and of each that stays without its files. */
  readonly leaving: ReadonlyMap<string, string>;
  /** Keys of rows one of whose transcripts somebody has locked. */
  readonly locked: ReadonlySet<string>;
}

/**
 * Decides on the files of rows that leave, or that stay without their files (docs/invariants.md I6). A transcript goes into an archive beside the
 * index and its sidecars into the trash, but only if every row that references the file lets go of it, nothing else protects it,
 * and it is a regular file with one name and without a lock. Otherwise the file stays where it is, and the decision says why.
 */
export function retireFiles(
  snapshot: StoreSnapshot,
  decisions: readonly RowDecision[],
): readonly FileDecision[] {
  const leaving = new Map(
    decisions.flatMap(({ key, action, change }): [string, string][] => {
      if (action !== "keep") return [[key, action]];
      return change?.detached === true ? [[key, "stage-metadata"]] : [];
    }),
  );
  if (leaving.size === 0) return [];
  const locked = new Set(snapshot.rows.filter((facts) => facts.locked).map(({ row }) => row.key));
  const retirement = { snapshot, leaving, locked };
  const names = new Set([...leaving.keys()].flatMap((key) => snapshot.references.filesByRow.get(key) ?? []));
  const touched = [...snapshot.files.values()].filter(({ name }) => names.has(name));
  return touched.map((file) => decideFile(file, retirement));
}

function decideFile(file: StoreFile, retirement: Retirement): FileDecision {
  const { name, nameClass } = file;
  const { size } = file.fact;
  const whyStays = whyFileStays(file, retirement);
  if (whyStays !== undefined) return { name, action: "keep", reasons: [whyStays], size, pass: "row" };
  const reasons = new Set(rowsOf(name, retirement).flatMap((key) => retirement.leaving.get(key) ?? []));
  return {
    name,
    action: isTranscript(nameClass) ? "archive-deleted" : "trash",
    reasons: [...reasons].toSorted(),
    size,
    pass: "row",
  };
}

/** The first thing that speaks against moving a file that a leaving row references. */
function whyFileStays(file: StoreFile, retirement: Retirement): string | undefined {
  const { name, fact, nameClass } = file;
  const { snapshot, leaving, locked } = retirement;
  const keys = rowsOf(name, retirement);
  if (!keys.every((key) => leaving.has(key))) return "referenced-by-another-row";
  if (keys.some((key) => locked.has(key))) return "locked";
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

function rowsOf(name: string, { snapshot }: Retirement): readonly string[] {
  return snapshot.references.rowsByFile.get(name) ?? [];
}

function isTranscript({ kind }: FileClass): boolean {
  return kind === "transcript" || kind === "checkpoint";
}

/** The name of the transcript that a sidecar belongs to; undefined if the class is no sidecar. */
function transcriptOfSidecar(nameClass: FileClass): string | undefined {
  if (nameClass.kind === "codex-binding") return nameClass.transcript;
  const isTrajectory = nameClass.kind === "trajectory" || nameClass.kind === "trajectory-pointer";
  return isTrajectory ? `${nameClass.base}.jsonl` : undefined;
}
