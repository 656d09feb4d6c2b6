import { join } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { parsePromptBlobPath, promptBlobDir, promptBlobPath } from "../layout/prompt-blob-path.ts";
import type { ReferenceGraph } from "./reference-graph.ts";
import { readPromptHashes } from "./prompt-references.ts";
import { lookAt } from "./sessions-directory.ts";
import type { StoreFile } from "./store-file.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";

/**
 * Adds to a snapshot the prompts of skills that lie below its directory, and which rows reference them. Links on the way are
 * not followed, and what can't be listed has no prompts that anybody could take away. Costs nothing if there are none.
 * Call it before `protectSharedFiles`, which then protects those that other indexes reference.
 */
export function addPromptBlobs(fs: ReadFs, snapshot: StoreSnapshot): StoreSnapshot {
  const blobs = findBlobs(fs, snapshot.realDir);
  if (blobs.length === 0) return snapshot;
  const files = new Map([...snapshot.files, ...blobs.map((blob) => [blob.name, blob] as const)]);
  return { ...snapshot, files, references: withBlobs({ ...snapshot, files }) };
}

function findBlobs(fs: ReadFs, realDir: string): readonly StoreFile[] {
  const below = ["skills-prompts", promptBlobDir];
  if (!below.every((path) => isDirectory(fs, join(realDir, path)))) return [];
  const groups = list(fs, join(realDir, promptBlobDir))
    .map((name) => `${promptBlobDir}/${name}`)
    .filter((path) => isDirectory(fs, join(realDir, path)));
  return groups.flatMap((group) =>
    list(fs, join(realDir, group)).flatMap((name) => blobAt(fs, realDir, `${group}/${name}`)),
  );
}

function blobAt(fs: ReadFs, realDir: string, path: string): readonly StoreFile[] {
  const hash = parsePromptBlobPath(path);
  const fact = hash === undefined ? undefined : lookAt(fs, join(realDir, path));
  if (hash === undefined || fact === undefined || typeof fact === "string") return [];
  return [{ name: path, fact, nameClass: { kind: "prompt-blob", hash } }];
}

function isDirectory(fs: ReadFs, path: string): boolean {
  const fact = lookAt(fs, path);
  return typeof fact === "object" && fact.kind === "directory";
}

function list(fs: ReadFs, path: string): readonly string[] {
  try {
    return fs.readdir(path) ?? [];
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return [];
  }
}

function withBlobs({ document, files, references }: StoreSnapshot): ReferenceGraph {
  const rowsByFile = new Map(references.rowsByFile);
  const filesByRow = new Map(references.filesByRow);
  for (const row of document.rows) {
    for (const hash of readPromptHashes(document, row)) {
      const name = promptBlobPath(hash);
      const keys = rowsByFile.get(name) ?? [];
      if (!files.has(name) || keys.includes(row.key)) continue;
      rowsByFile.set(name, [...keys, row.key]);
      filesByRow.set(row.key, [...(filesByRow.get(row.key) ?? []), name]);
    }
  }
  return { ...references, rowsByFile, filesByRow };
}
