import { join } from "node:path";
import {
  type Host,
  type HeaderClues,
  parseRow,
  readEntryNumber,
  readEntryObject,
  readEntryText,
  readHeaderText,
  type RowFacts,
  type StoreFile,
  type StoreSnapshot,
} from "@sessionsmith/core";

/** Fields of a row that name the directory in which its agent works. */
const directoryFields = ["spawnedCwd", "spawnedWorkspaceDir"] as const;

/** The latest moment that a Date can say, epoch ms. */
const latestMs = 8.64e15;

/** Rows by the transcript that they have. */
export type RowsOfFile = ReadonlyMap<string, readonly RowFacts[]>;

/** Finds the rows of each transcript. */
export function rowsOfFiles({ rows }: StoreSnapshot): RowsOfFile {
  const found = new Map<string, RowFacts[]>();
  for (const facts of rows) {
    if (facts.transcript.state !== "present") continue;
    const known = found.get(facts.transcript.name);
    if (known === undefined) found.set(facts.transcript.name, [facts]);
    else known.push(facts);
  }
  return found;
}

/** What clues of a header are taken from. */
export interface ClueSources {
  readonly file: StoreFile;
  readonly rows: readonly RowFacts[];
  /** Epoch ms of the first message, if it is known: it counts before the time of the file. */
  readonly firstAtMs?: number | undefined;
}

/**
 * Gathers what is known of a session whose transcript has lost its header: from its rows if they agree, from the name of the file,
 * and from the newest archive of the file that has a header.
 */
export function readHeaderClues(
  host: Host,
  snapshot: StoreSnapshot,
  { file, rows, firstAtMs }: ClueSources,
): HeaderClues {
  const ids = new Set(rows.flatMap(({ row }) => row.sessionId ?? []));
  const [only] = ids;
  const byName = file.nameClass.kind === "transcript" ? file.nameClass.sessionId : file.name;
  const entries = rows
    .map(({ row }) => parseRow(snapshot.document, row))
    .filter((entry) => entry !== undefined);
  const startedAtMs = entries
    .map((entry) => readEntryNumber(entry, "sessionStartedAt"))
    .find((atMs) => atMs !== undefined && atMs > 0 && atMs <= latestMs);
  const cwd = entries
    .flatMap((entry) => [
      ...directoryFields.map((field) => readEntryText(entry, field)),
      readEntryText(readEntryObject(entry, "systemPromptReport") ?? {}, "workspaceDir"),
    ])
    .find((directory) => directory !== undefined && directory !== "");
  const sessionId = only !== undefined && ids.size === 1 ? only : byName;
  return {
    sessionId,
    startedAtMs: startedAtMs ?? firstAtMs ?? Number(file.fact.mtimeNs / 1_000_000n),
    cwd,
    archivedHeader: archivedHeader(host, snapshot, { name: file.name, sessionId }),
  };
}

/** The header of the newest archive of a transcript that has one of the session. */
function archivedHeader(
  host: Host,
  { realDir, files }: StoreSnapshot,
  { name, sessionId }: { readonly name: string; readonly sessionId: string },
): string | undefined {
  const archives = [...files.values()].flatMap(({ name: archive, nameClass, fact }) =>
    nameClass.kind === "archive" && nameClass.original === name && fact.kind === "file"
      ? [{ archive, atMs: nameClass.retiredAtMs ?? 0 }]
      : [],
  );
  return archives
    .toSorted((a, b) => b.atMs - a.atMs)
    .map(({ archive }) => readHeaderText(host.fs, join(realDir, archive), sessionId))
    .find((text) => text !== undefined);
}
