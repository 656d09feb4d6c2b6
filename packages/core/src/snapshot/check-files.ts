import { join } from "node:path";
import type { FileKind } from "../disk/read-fs.ts";
import { finding, type Finding } from "../findings/finding.ts";
import type { SessionsDirectory } from "./sessions-directory.ts";
import type { StoreFile } from "./store-file.ts";

/**
 * Reports what is odd about the entries of a sessions directory: links, files with several names, what is no regular file but
 * has the name of one, names that differ only in case, and what could not be looked at.
 */
export function checkFiles(realDir: string, directory: SessionsDirectory): readonly Finding[] {
  const findings: Finding[] = [];
  for (const file of directory.files.values()) {
    const found = checkFile(realDir, file);
    if (found !== undefined) findings.push(found);
  }
  for (const [name, errno] of directory.unreadable) {
    findings.push(finding("file-unreadable", { path: join(realDir, name) }, { errno }));
  }
  return [...findings, ...checkNameCollisions(realDir, directory.names)];
}

function checkFile(realDir: string, { name, fact, nameClass }: StoreFile): Finding | undefined {
  const { kind, nlink } = fact;
  if (kind === "file" && nlink <= 1) return undefined;
  const path = join(realDir, name);
  if (kind === "file") return finding("file-hard-link", { path }, { names: nlink });
  if (kind === "symlink") return finding("file-symlink", { path });
  const plain = kind === "directory" && nameClass.kind === "foreign";
  return plain ? undefined : special(path, kind);
}

function special(path: string, kind: FileKind): Finding {
  return finding("file-special", { path }, { kind });
}

function checkNameCollisions(realDir: string, names: readonly string[]): readonly Finding[] {
  // Names that are folded already are as different as they look.
  if (areFolded(names)) return [];
  const firstByFolded = new Map<string, string>();
  const alikeByFirst = new Map<string, string[]>();
  for (const name of names) {
    const folded = fold(name);
    const first = firstByFolded.get(folded);
    if (first === undefined) firstByFolded.set(folded, name);
    else alikeByFirst.set(first, [...(alikeByFirst.get(first) ?? [first]), name]);
  }
  return [...alikeByFirst.values()].map((alike) =>
    finding("file-name-collision", { path: realDir }, { names: alike }),
  );
}

function areFolded(names: Iterable<string>): boolean {
  for (const name of names) if (fold(name) !== name) return false;
  return true;
}

/** Nearly every name is of these characters, and is folded already. */
const foldedName = /^[0-9a-z._-]*$/;

function fold(name: string): string {
  if (foldedName.test(name)) return name;
  return name.normalize("NFC").toLowerCase();
}
