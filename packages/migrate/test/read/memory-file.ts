import type { FileFact, ReadableFile } from "@sessionsmith/core";

/** A file that is only in memory. */
export function memoryFile(content: string | Uint8Array): ReadableFile {
  const bytes = Buffer.from(content);
  const fact: FileFact = {
    kind: "file",
    size: bytes.length,
    mode: 0o644,
    uid: 0,
    gid: 0,
    nlink: 1,
    dev: 1n,
    ino: 1n,
    mtimeNs: 1_795_200_000_000_000_000n,
    ctimeNs: 1n,
  };
  return { fact, read: (into, position) => bytes.copy(into, 0, position) };
}
