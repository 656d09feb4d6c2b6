import { dirname } from "node:path";
import type { IndexDocument } from "../session-index/index-document.ts";
import type { FileAliases } from "./file-aliases.ts";
import type { RelatedFiles } from "./related-files.ts";
import { readRowNames } from "./row-names.ts";
import type { StorePlace } from "./store-place.ts";
import { type PlacedRow, sessionFileCandidates, type TranscriptCandidates } from "./transcript-candidates.ts";

/**
 * Which rows protect which files: a superset by intent (docs/invariants.md I6).
 * A file may leave only if every row that references it leaves too, and nothing else protects it.
 */
export interface ReferenceGraph {
  /** File name -> keys of the rows of this index that reference it. */
  readonly rowsByFile: ReadonlyMap<string, readonly string[]>;
  /** Session key -> names of existing files that the row references. */
  readonly filesByRow: ReadonlyMap<string, readonly string[]>;
  /** Names that something other than a row of this index protects: another index of the state dir, a fork's parent header. */
  readonly protectedElsewhere: ReadonlySet<string>;
  /**
   * Absolute paths of indexes and transcripts that may reference files of this store and could not be read.
   * As long as there is one, no file may leave.
   */
  readonly unread: readonly string[];
}

/** What the rows of an index are matched with. */
export interface ReferenceContext {
  /** The place that the paths of the rows start from. */
  readonly place: StorePlace;
  readonly related: RelatedFiles;
  readonly aliases: FileAliases;
}

/**
 * Finds for every row of an index the files that it references: its transcript under each name that it may have, topic and
 * fork transcripts of the same session, checkpoints, the usage family, the sidecars of all of them, and every further name
 * of the same files. Shadowed rows count for their key: they may come to light again. Grows with files + rows.
 *
 * @param rows the rows of the document with their places
 */
export function buildReferenceGraph(
  document: IndexDocument,
  rows: readonly PlacedRow[],
  context: ReferenceContext,
): ReferenceGraph {
  const building = openReferenceGraph(document, context);
  for (const placed of rows) building.add(placed);
  return building.graph;
}

/** A graph that grows row by row, in the order of the file. */
export interface GrowingGraph {
  readonly graph: ReferenceGraph;
  /**
   * Adds a row. What it references is known from then on, but for a shadowed row, whose key has a later one.
   * @param own the file that its transcript was found to be, if somebody has looked
   */
  readonly add: (placed: PlacedRow, own?: string) => void;
}

/** {@link buildReferenceGraph} for whoever goes through the rows himself: of ten thousand rows no list of places is made then. */
export function openReferenceGraph(document: IndexDocument, context: ReferenceContext): GrowingGraph {
  const filesByRow = new Map<string, readonly string[]>();
  const rowsByFile = new Map<string, string[]>();
  const shadowed = new Map<string, PlacedRow[]>();
  const filesOf = (placed: PlacedRow, own: string | undefined): readonly string[] => {
    const earlier = (shadowed.size > 0 ? shadowed.get(placed.row.key) : undefined) ?? [];
    const ordinary = earlier.length === 0 ? filesOfOrdinaryRow(placed, own, context) : undefined;
    if (ordinary !== undefined) return ordinary;
    const found = new Set<string>();
    for (const each of [...earlier, placed]) addFilesOfRow(document, each, { ...context, found });
    return [...found];
  };
  const add = (placed: PlacedRow, own?: string): void => {
    const { key } = placed.row;
    if (placed.row.shadowed) return append(shadowed, key, placed);
    const files = filesOf(placed, own);
    filesByRow.set(key, files);
    for (const name of files) append(rowsByFile, name, key);
  };
  return { graph: { rowsByFile, filesByRow, protectedElsewhere: new Set(), unread: [] }, add };
}

/** The files of a row that names nothing but the transcript of its own session, in a store without links: most rows. */
function filesOfOrdinaryRow(
  { row, candidates }: PlacedRow,
  own: string | undefined,
  { related, aliases }: ReferenceContext,
): readonly string[] | undefined {
  const [only] = candidates.inside;
  const isAlone = candidates.inside.length === 1 && candidates.outsidePath === undefined;
  if (only === undefined || !isAlone || aliases.any || !row.understood || row.mayNameMore) return undefined;
  const { sessionId } = row;
  if (sessionId === undefined) return undefined;
  // Without a sessionFile its only place is that of its own transcript.
  const isOwn = row.sessionFile === undefined || only.name === `${sessionId}.jsonl`;
  if (!isOwn) return undefined;
  // Nearly always its transcript is there and alone, and needs not be looked up again.
  if (own === only.name && related.besides(sessionId) === undefined) return [own];
  const files = related.ofSession(sessionId);
  return files.includes(only.name) ? files : related.ofTranscript(only.name);
}

/** A copy of a graph in which further names are protected. */
export function protectFiles(graph: ReferenceGraph, names: Iterable<string>): ReferenceGraph {
  return { ...graph, protectedElsewhere: new Set([...graph.protectedElsewhere, ...names]) };
}

/** A set that files are collected in, and what they are found by. */
export interface FileCollection extends ReferenceContext {
  readonly found: Set<string>;
}

/** Adds every file that the places lead to, under each of its names, with what belongs to it. */
export function addFilesAt({ inside, outsidePath }: TranscriptCandidates, collection: FileCollection): void {
  const { place, related, aliases } = collection;
  for (const { name } of inside) addFiles(related.ofTranscript(name), collection);
  if (outsidePath === undefined || place.whatIs(dirname(outsidePath)) === "absent") return;
  for (const name of aliases.at(outsidePath)) addFiles(related.ofTranscript(name), collection);
}

/** Adds files under each of their names. */
export function addFiles(names: readonly string[], { aliases, found }: FileCollection): void {
  for (const name of names) {
    if (aliases.any) for (const alias of aliases.of(name)) found.add(alias);
    else found.add(name);
  }
}

function addFilesOfRow(
  document: IndexDocument,
  { row, candidates }: PlacedRow,
  collection: FileCollection,
): void {
  const { place, related } = collection;
  addFilesAt(candidates, collection);
  if (row.sessionId !== undefined) addFiles(related.ofSession(row.sessionId), collection);
  const { sessionIds, paths } = readRowNames(document, row);
  for (const id of sessionIds) addFiles(related.ofSession(id), collection);
  for (const path of paths) addFilesAt(sessionFileCandidates(path, place), collection);
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
