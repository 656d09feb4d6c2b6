import { join } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { readForkParents } from "./fork-parents.ts";
import { protectFiles } from "./reference-graph.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";

/**
 * Adds to a snapshot that the transcripts which stay keep what they were forked from (`parentSession` in their headers).
 * Reads one header a staying transcript, and none if no file leaves. Plan again afterwards: more may stay then.
 * @param leaving names of the files that a plan takes away
 */
export function protectForkParents(
  fs: ReadFs,
  snapshot: StoreSnapshot,
  leaving: ReadonlySet<string>,
): StoreSnapshot {
  if (leaving.size === 0) return snapshot;
  const staying = [...snapshot.files.values()].filter(
    ({ name, nameClass }) => nameClass.kind === "transcript" && !leaving.has(name),
  );
  const names = staying.map(({ name }) => name);
  const { childrenByParent, unread } = readForkParents(fs, snapshot, names);
  const graph = protectFiles(snapshot.references, childrenByParent.keys());
  const paths = unread.map((name) => join(snapshot.realDir, name));
  return { ...snapshot, references: { ...graph, unread: [...new Set([...graph.unread, ...paths])] } };
}
