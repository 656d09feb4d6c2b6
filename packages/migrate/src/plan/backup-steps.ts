import { join } from "node:path";
import { type ReadFs, sha256OfFile, type SourceFile, type WriteOutputStep } from "@sessionsmith/core";
import { tarParams, tarRecipeName } from "../content/tar-recipe.ts";
import type { PlacedSession } from "./placed-session.ts";

/** How the originals are copied: into one archive, file by file, or not at all. */
export type BackupKind = "archive" | "files" | "none";

/** Where openclaw-python keeps the copies of what it migrated; each operation has its own directory in it. */
export function backupFolder(root: string): string {
  return join(root, ".sessions", "backup_old_format");
}

/** The name of the archive in the directory of an operation. */
export const backupArchiveName = "originals.tar";

/** A file to be copied. */
export interface Original {
  readonly file: SourceFile;
  /** Relative to what is migrated. */
  readonly name: string;
}

/** The steps that copy the originals before anything else is written. */
export function backupSteps(
  originals: readonly Original[],
  { folder, kind }: { readonly folder: string; readonly kind: BackupKind },
): readonly WriteOutputStep[] {
  if (kind === "none" || originals.length === 0) return [];
  const base = { kind: "write-output", phase: "create", force: false, folder } as const;
  if (kind === "archive") {
    const inputs = originals.map(({ file }) => file);
    const params = tarParams(originals.map(({ name, file: { sha256 } }) => ({ name, sha256 })));
    const content = { source: "derive", recipe: tarRecipeName, inputs, params } as const;
    return [{ ...base, path: backupArchiveName, content }];
  }
  return originals.map(({ name, file: { path, size, sha256 } }) => ({
    ...base,
    path: name,
    content: { source: "splice", path, size, sha256, edits: [] },
  }));
}

/** The originals of a migration: the files of the sessions, as they were read, and the indexes and maps beside them. */
export function originalsOf(
  fs: ReadFs,
  sessions: readonly Pick<PlacedSession, "file" | "name">[],
  { others, nameOf }: { readonly others: readonly string[]; readonly nameOf: (path: string) => string },
): readonly Original[] {
  const files = new Map<string, Original>();
  for (const { file, name } of sessions) if (file !== undefined) files.set(file.path, { file, name });
  for (const path of others) {
    const found = files.has(path)
      ? undefined
      : fs.withFile(path, (file) => ({ path, size: file.fact.size, sha256: sha256OfFile(file) }));
    if (found !== undefined) files.set(path, { file: found, name: nameOf(path) });
  }
  return [...files.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
