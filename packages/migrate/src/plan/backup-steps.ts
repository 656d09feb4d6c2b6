import { join } from "node:path";
import { type ReadFs, sha256OfFile, type SourceFile, type WriteOutputStep } from "@sessionsmith/core";
import { tarParams, tarRecipeName } from "../content/tar-recipe.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** How the originals are copied: into one archive, file by file, or not at all. */
export type BackupKind = "archive" | "files" | "none";

/** Where openclaw-python keeps the copies of what it migrated; each operation has its own directory in it. */
export function backupFolder(root: string): string {
  return join(root, ".sessions", "backup_old_format");
}

/** The name of the archive in the directory of an operation. */
export const backupArchiveName = "originals.tar";

/** A file to be copied. */
export interface Original extends SourceFile {
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
  const inputs = originals.map(({ path, size, sha256 }) => ({ path, size, sha256 }));
  if (kind === "archive") {
    const params = tarParams(originals.map(({ name, sha256 }) => ({ name, sha256 })));
    const content = { source: "derive", recipe: tarRecipeName, inputs, params } as const;
    return [{ ...base, path: backupArchiveName, content }];
  }
  return originals.map(({ name, path, size, sha256 }) => ({
    ...base,
    path: name,
    content: { source: "splice", path, size, sha256, edits: [] },
  }));
}

/** The originals of a migration: the files of the sessions, as they were read, and the indexes and maps beside them. */
export function originalsOf(
  fs: ReadFs,
  sessions: readonly SurveyedSession[],
  { others, nameOf }: { readonly others: readonly string[]; readonly nameOf: (path: string) => string },
): readonly Original[] {
  const files = new Map<string, Original>();
  for (const { source, file } of sessions)
    if (file !== undefined) files.set(source.path, { path: source.path, name: nameOf(source.path), ...file });
  for (const path of others) {
    const found = files.has(path)
      ? undefined
      : fs.withFile(path, (file) => ({ size: file.fact.size, sha256: sha256OfFile(file) }));
    if (found !== undefined) files.set(path, { path, name: nameOf(path), ...found });
  }
  return [...files.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
