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
    const found = checkFile(join(realDir, file.name), file);
    if (found !== undefined) findings.push(found);
  }
  for (const [name, errno] of directory.unreadable) {
    findings.push(finding("file-unreadable", { path: join(realDir, name) }, { errno }));
  }
  return [...findings, ...checkNameCollisions(realDir, directory.names)];
}

function checkFile(path: string, { fact, nameClass }: StoreFile): Finding | undefined {
  const { kind, nlink } = fact;
  if (kind === "file") return nlink > 1 ? finding("file-hard-link", { path }, { names: nlink }) : undefined;
  if (kind === "symlink") return finding("file-symlink", { path });
  const plain = kind === "directory" && nameClass.kind === "foreign";
  return plain ? undefined : special(path, kind);
}

function special(path: string, kind: FileKind): Finding {
  return finding("file-special", { path }, { kind });
}

function checkNameCollisions(realDir: string, names: Iterable<string>): readonly Finding[] {
  const firstByFolded = new Map<string, string>();
  const alikeByFirst = new Map<string, string[]>();
  for (const name of names) {
    const folded = name.normalize("NFC").toLowerCase();
    const first = firstByFolded.get(folded);
    if (first === undefined) firstByFolded.set(folded, name);
    else alikeByFirst.set(first, [...(alikeByFirst.get(first) ?? [first]), name]);
  }
  return [...alikeByFirst.values()].map((alike) =>
    finding("file-name-collision", { path: realDir }, { names: alike }),
  );
}
