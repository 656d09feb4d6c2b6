import { join } from "node:path";
import {
  joined,
  longList,
  type ReadFs,
  type Sequence,
  sha256OfFile,
  type SourceFile,
  viewOf,
  type WriteOutputStep,
} from "@sessionsmith/core";
import { tarParams, tarRecipeName } from "../content/tar-recipe.ts";
import { nameIn } from "../name-in.ts";
import type { PlacedSession } from "./placed-session.ts";

/** How the originals are copied: into one archive, file by file, or not at all. */
export type BackupKind = "archive" | "files" | "none";

/** Where openclaw-python keeps the copies of what it migrated; each operation has its own directory in it. */
export function backupFolder(root: string): string {
  return join(root, ".sessions", "backup_old_format");
}

/** The name of the archive in the directory of an operation. */
export const backupArchiveName = "originals.tar";

/** The steps that copy the originals of what lies below `root`, before anything else is written. */
export function backupSteps(
  originals: Sequence<SourceFile>,
  { root, kind }: { readonly root: string; readonly kind: BackupKind },
): Sequence<WriteOutputStep> {
  if (kind === "none" || originals.length === 0) return [];
  const folder = backupFolder(root);
  const base = { kind: "write-output", phase: "create", force: false, folder } as const;
  if (kind === "archive") {
    const content = {
      source: "derive",
      recipe: tarRecipeName,
      inputs: originals,
      params: tarParams(root),
    } as const;
    return [{ ...base, path: backupArchiveName, content }];
  }
  return viewOf(originals, ({ path, size, sha256 }) => ({
    ...base,
    path: nameIn(root, path),
    content: { source: "splice", path, size, sha256, edits: [] },
  }));
}

/**
 * The originals of a migration: the files of the sessions, as they were read, and the indexes and maps beside them.
 * @param sessions in order of their files
 */
export function originalsOf(
  fs: ReadFs,
  sessions: Iterable<Pick<PlacedSession, "file">>,
  others: readonly string[],
): Sequence<SourceFile> {
  const files = longList(filesOf(sessions));
  const beside = new Set(others);
  if (beside.size > 0) for (const { path } of files) beside.delete(path);
  const found = [...beside].flatMap(
    (path) => fs.withFile(path, (file) => [{ path, size: file.fact.size, sha256: sha256OfFile(file) }]) ?? [],
  );
  return joined([files, found]);
}

/** The files of sessions, each once: the sessions of one file stand together. */
function* filesOf(sessions: Iterable<Pick<PlacedSession, "file">>): Generator<SourceFile, void> {
  let last: string | undefined;
  for (const { file } of sessions) {
    if (file === undefined || file.path === last) continue;
    last = file.path;
    yield file;
  }
}
