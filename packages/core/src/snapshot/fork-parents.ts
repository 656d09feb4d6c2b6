import { dirname, sep } from "node:path";
import type { FileFact, ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { transcriptName } from "../layout/contained-path.ts";
import { isStoreError } from "../store-error.ts";
import type { HeaderParse } from "../transcripts/header.ts";
import { readHeader, readSeenHeader } from "../transcripts/read-header.ts";
import { referenceContext } from "./reference-context.ts";
import { addFiles, addFilesAt, type ReferenceContext } from "./reference-graph.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";
import { sessionFileCandidates } from "./transcript-candidates.ts";

/** Which transcripts of a store are parents of others. */
export interface ForkParents {
  /** Name of the parent, or of a file that belongs to it -> names of the transcripts whose headers name it. */
  readonly childrenByParent: ReadonlyMap<string, readonly string[]>;
  /** Transcripts whose header could not be read or understood: what they descend from is not known. */
  readonly unread: readonly string[];
}

/**
 * Reads the headers of the given transcripts, and of no others, for `parentSession`. Meant for the transcripts that stay, when
 * there is something to take away: what one of them descends from stays too. Give the parents to `protectFiles`.
 */
export function readForkParents(fs: ReadFs, snapshot: StoreSnapshot, names: Iterable<string>): ForkParents {
  // Made for the first parent only: most sessions have none.
  let context: ReferenceContext | undefined;
  const childrenByParent = new Map<string, string[]>();
  const unread: string[] = [];
  for (const name of names) {
    const reading = headerOf(fs, snapshot.realDir + sep + name, snapshot.files.get(name)?.fact);
    if (reading === "unread") unread.push(name);
    if (typeof reading === "string" || reading.state !== "header") continue;
    const { parentSession } = reading.header;
    if (parentSession === undefined) continue;
    context ??= referenceContext(fs, snapshot);
    for (const parent of parentsOf(parentSession, context)) {
      const children = childrenByParent.get(parent);
      if (children === undefined) childrenByParent.set(parent, [name]);
      else children.push(name);
    }
  }
  return { childrenByParent, unread };
}

/** A transcript whose header is missing or damaged, or that is gone meanwhile, names no parent that anybody could follow. */
function headerOf(
  fs: ReadFs,
  path: string,
  seen: FileFact | undefined,
): HeaderParse | "absent" | "names-no-parent" | "unread" {
  try {
    const isFile = seen?.kind === "file";
    if (seen !== undefined && !isFile && !leadsOutside(fs, path, seen)) return "absent";
    const parsed = (isFile ? readSeenHeader(fs, path, seen) : readHeader(fs, path)) ?? "absent";
    return typeof parsed === "object" && parsed.state === "newer" ? "unread" : parsed;
  } catch (error) {
    if (errnoOf(error) === undefined && !isStoreError(error)) throw error;
    return "unread";
  }
}

/**
 * Tells whether something that is no regular file may stand for a transcript whose header is read under no other name: a link to a file
 * of another directory. A directory, a pipe and a link that leads nowhere have no header at all.
 */
function leadsOutside(fs: ReadFs, path: string, { kind }: FileFact): boolean {
  if (kind !== "symlink" || fs.stat(path)?.kind !== "file") return false;
  const real = fs.realpath(path);
  return real === undefined || dirname(real) !== dirname(path);
}

/** The parent is given as a path, as a name, or as a session id. */
function parentsOf(parentSession: string, context: ReferenceContext): ReadonlySet<string> {
  const found = new Set<string>();
  const collection = { ...context, found };
  addFilesAt(sessionFileCandidates(parentSession, context.place), collection);
  const own = transcriptName(parentSession);
  if (own !== undefined) addFiles(context.related.ofTranscript(own), collection);
  return found;
}
