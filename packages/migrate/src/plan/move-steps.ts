import {
  type FileDecision,
  fileIdentity,
  type MoveFileStep,
  LongList,
  type PlanStore,
  type ReadFs,
  type Sequence,
  viewOf,
} from "@sessionsmith/core";
import { basename, dirname, join, relative } from "node:path";

/** The originals that leave, as a part of a plan has them. */
export interface MovedOriginals {
  readonly steps: Sequence<MoveFileStep>;
  readonly files: Sequence<FileDecision>;
}

/** Where originals are moved from and to. */
export interface MovePlace {
  readonly store: PlanStore;
  /** The directory in which each operation has its own. */
  readonly folder: string;
  /** The path of a file relative to what is migrated. */
  readonly nameOf: (path: string) => string;
}

/**
 * The steps that move originals away when everything else is done: the files of sessions of which all is in the stores.
 * @param whole paths of these files
 * @param others indexes and maps beside them; they go only if no session stays
 */
export function moveOriginals(
  fs: ReadFs,
  { whole, others }: { readonly whole: readonly string[]; readonly others: readonly string[] },
  place: MovePlace,
): MovedOriginals {
  const moved = new LongList<Move>();
  for (const path of [...new Set([...whole, ...others])].toSorted())
    for (const move of moveOf(fs, path, place)) moved.push(move);
  return { steps: viewOf(moved, ({ step }) => step), files: viewOf(moved, ({ file }) => file) };
}

/** One file that leaves: what happens to it, and the decision that it does. */
interface Move {
  readonly step: MoveFileStep;
  readonly file: FileDecision;
}

function moveOf(fs: ReadFs, path: string, { store, folder, nameOf }: MovePlace): readonly Move[] {
  const fact = fs.lstat(path);
  const [dir, root] = [fs.realpath(dirname(path)), fs.realpath(dirname(dirname(folder)))];
  if (fact === undefined || dir === undefined || root === undefined) return [];
  // A step reaches a file only through directories, so links on the way to it are resolved here.
  const from = relative(store.realDir, join(dir, basename(path)));
  const kept = join(root, relative(dirname(dirname(folder)), folder));
  const to = { as: "folder", folder: kept, name: nameOf(path) } as const;
  const reasons = ["migrated"];
  return [
    {
      step: { kind: "move-file", phase: "retire", from, to, expect: fileIdentity(fact), reason: "migrated" },
      file: { name: from, action: "move-original", reasons, size: fact.size },
    },
  ];
}
