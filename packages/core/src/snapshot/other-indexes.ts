import { basename, dirname, join } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { resolveSessionFile, type SessionsPlace, transcriptName } from "../layout/contained-path.ts";
import { promptBlobPath } from "../layout/prompt-blob-path.ts";
import type { IndexDocument, IndexRow } from "../session-index/index-document.ts";
import { addFiles, buildReferenceGraph, type FileCollection } from "./reference-graph.ts";
import { referenceContext } from "./reference-context.ts";
import { readPromptHashes } from "./prompt-references.ts";
import { readRowNames } from "./row-names.ts";
import { placeRows } from "./transcript-candidates.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";

/** Another index: of the same sessions directory, or of the same state directory. */
export interface OtherIndex {
  /** Absolute path; the paths of its rows start from the directory that it lies in. */
  readonly indexPath: string;
  readonly document: IndexDocument;
}

/**
 * Finds the files of a store that rows of other indexes reference (docs/invariants.md I6). An index in the same directory
 * references as the store's own does; one elsewhere references the paths that its rows name, links followed, and not what
 * merely has the same session id here. Give the result to `protectFiles`. Costs one `stat` a row of an index elsewhere.
 */
export function protectFromOtherIndexes(
  fs: ReadFs,
  snapshot: StoreSnapshot,
  others: readonly OtherIndex[],
): ReadonlySet<string> {
  const found = new Set<string>();
  if (others.length === 0) return found;
  const context = referenceContext(fs, snapshot);
  const hasPrompts = [...snapshot.files.values()].some(({ nameClass }) => nameClass.kind === "prompt-blob");
  for (const other of others) {
    const here = context.place.whatIs(dirname(other.indexPath)) === "sessions-directory";
    if (here) {
      addReferenced(other.document, { ...context, found });
      if (hasPrompts) addPrompts(other.document, found);
    } else addFilesNamedBy(other, { ...context, found });
  }
  return found;
}

function addReferenced(document: IndexDocument, collection: FileCollection): void {
  const graph = buildReferenceGraph(document, placeRows(document, collection.place), collection);
  for (const name of graph.rowsByFile.keys()) collection.found.add(name);
}

function addPrompts(document: IndexDocument, found: Set<string>): void {
  for (const row of document.rows)
    for (const hash of readPromptHashes(document, row)) found.add(promptBlobPath(hash));
}

function addFilesNamedBy({ indexPath, document }: OtherIndex, collection: FileCollection): void {
  const sessionsDir = dirname(indexPath);
  const store = { sessionsDir, realDir: sessionsDir, indexName: basename(indexPath) };
  for (const row of document.rows) {
    for (const path of pathsOfRow(document, row, store)) addFilesAtPath(path, collection);
  }
}

/** Absolute paths of all transcripts that a row names, in its own sessions directory or elsewhere. */
function pathsOfRow(document: IndexDocument, row: IndexRow, store: SessionsPlace): ReadonlySet<string> {
  const { sessionIds, paths } = readRowNames(document, row);
  const found = new Set<string>();
  for (const path of [row.sessionFile, ...paths]) {
    const lead = path === undefined ? undefined : resolveSessionFile(path, store);
    if (lead?.kind === "outside") found.add(lead.path);
    if (lead?.kind === "inside") found.add(join(store.sessionsDir, lead.name));
  }
  for (const id of [row.sessionId, ...sessionIds]) {
    const name = id === undefined ? undefined : transcriptName(id);
    if (name !== undefined) found.add(join(store.sessionsDir, name));
  }
  return found;
}

function addFilesAtPath(path: string, collection: FileCollection): void {
  const { place, related, aliases } = collection;
  const directory = place.whatIs(dirname(path));
  if (directory === "absent") return;
  const names = directory === "sessions-directory" ? [basename(path)] : aliases.at(path);
  for (const name of names) addFiles(related.ofTranscript(name), collection);
}
