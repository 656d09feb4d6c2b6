import { join } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { readForkParents } from "./fork-parents.ts";
import { protectFiles } from "./reference-graph.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";

/**
 * Adds to a snapshot that the transcripts which stay keep what they were forked from (`parentSession` in their headers).
 * Reads one header a staying transcript, and none if no file leaves. Plan again afterwards: more may stay then.
 * @param leaving names of the files that a plan takes away
 * @returns the snapshot itself if nothing is to be added: then a plan that was made from it holds
 */
export function protectForkParents(
  fs: ReadFs,
  snapshot: StoreSnapshot,
  leaving: ReadonlySet<string>,
): StoreSnapshot {
  if (leaving.size === 0) return snapshot;
  const { childrenByParent, unread } = readForkParents(fs, snapshot, stayingTranscripts(snapshot, leaving));
  const { references } = snapshot;
  const parents = [...childrenByParent.keys()].filter((name) => !references.protectedElsewhere.has(name));
  const known = new Set(references.unread);
  const paths = unread.map((name) => join(snapshot.realDir, name)).filter((path) => !known.has(path));
  if (parents.length === 0 && paths.length === 0) return snapshot;
  const graph = protectFiles(references, parents);
  return { ...snapshot, references: { ...graph, unread: [...graph.unread, ...paths] } };
}

function stayingTranscripts({ files }: StoreSnapshot, leaving: ReadonlySet<string>): readonly string[] {
  const names: string[] = [];
  for (const { name, nameClass } of files.values())
    if (nameClass.kind === "transcript" && !leaving.has(name)) names.push(name);
  return names;
}
