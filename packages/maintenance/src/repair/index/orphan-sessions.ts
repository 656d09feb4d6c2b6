import { join } from "node:path";
import {
  type Host,
  type LastActivity,
  type OrphanClues,
  readHeader,
  readLastActivity,
  readOrphanCluesStrictly,
  type StoreFile,
  type StoreSnapshot,
} from "@sessionsmith/core";
import { isReferenced } from "../../orphan-candidates.ts";

/** A transcript that no row references, with all that is said about it. */
export interface OrphanSession {
  readonly file: StoreFile;
  readonly sessionId: string;
  readonly clues: OrphanClues;
  readonly activity: LastActivity;
  /** Epoch ms or ISO 8601, as its header says it, or the header of its newest archive. */
  readonly startedAt: string | undefined;
}

/** Reads what the transcripts that no row references say of themselves: header, first and last messages, trajectory, archives. */
export function readOrphanSessions(
  { fs }: Pick<Host, "fs">,
  snapshot: StoreSnapshot,
): readonly OrphanSession[] {
  const { realDir, files } = snapshot;
  const orphans = [...files.values()].filter(
    ({ name, fact, nameClass }) =>
      nameClass.kind === "transcript" && fact.kind === "file" && !isReferenced(name, snapshot),
  );
  // A row under another key than its own would be wrong for ever; an error is gone the next time.
  const clues = readOrphanCluesStrictly(
    fs,
    realDir,
    orphans.map(({ name }) => name),
  );
  return orphans.flatMap((file) => {
    const found = clues.get(file.name);
    if (found === undefined || file.nameClass.kind !== "transcript") return [];
    const activity = readLastActivity(fs, join(realDir, file.name));
    if (activity === undefined) return [];
    const { sessionId } = file.nameClass;
    const startedAt = startOf(fs, realDir, [file.name, ...archivesOf(file.name, files)]);
    return [{ file, sessionId, clues: found, activity, startedAt }];
  });
}

/** Names of the archives of a transcript, the newest first. */
function archivesOf(name: string, files: StoreSnapshot["files"]): readonly string[] {
  const archives = [...files.values()].flatMap(({ name: archive, nameClass, fact }) =>
    nameClass.kind === "archive" && nameClass.original === name && fact.kind === "file"
      ? [{ archive, atMs: nameClass.retiredAtMs ?? 0 }]
      : [],
  );
  return archives.toSorted((a, b) => b.atMs - a.atMs).map(({ archive }) => archive);
}

function startOf(fs: Host["fs"], realDir: string, names: readonly string[]): string | undefined {
  for (const name of names) {
    const parsed = readHeader(fs, join(realDir, name));
    if (parsed?.state === "header" && parsed.header.timestamp !== undefined) return parsed.header.timestamp;
  }
  return undefined;
}
