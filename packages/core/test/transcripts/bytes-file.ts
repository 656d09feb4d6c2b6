import type { FileFact, ReadableFile, ReadFs } from "../../src/disk/read-fs.ts";

const fact: FileFact = {
  kind: "file",
  dev: 1n,
  ino: 1n,
  size: 0,
  mtimeNs: 0n,
  ctimeNs: 0n,
  mode: 0o600,
  nlink: 1,
  uid: 0,
  gid: 0,
};

/** An open file with the given content, which notes the byte ranges that are read from it. */
export function bytesFile(
  content: string | Uint8Array,
): ReadableFile & { readonly reads: [from: number, to: number][] } {
  const bytes = Buffer.from(content);
  const reads: [number, number][] = [];
  return {
    fact: { ...fact, size: bytes.length },
    reads,
    read: (into, position) => {
      reads.push([position, position + into.length]);
      return bytes.copy(into, 0, position);
    },
  };
}

function unexpected(path: string): never {
  throw new Error(`unexpected look at ${path}`);
}

/** A disk that holds the given files and can do nothing but open them. */
export function filesFs(files: ReadonlyMap<string, ReadableFile>): ReadFs {
  return {
    lstat: unexpected,
    stat: unexpected,
    readdir: unexpected,
    realpath: unexpected,
    readlink: unexpected,
    withFile: (path, use) => {
      const file = files.get(path);
      return file === undefined ? undefined : use(file);
    },
  };
}

/** A disk with the one file `t`. */
export function oneFileFs(content: string | Uint8Array): ReadFs {
  return filesFs(new Map([["t", bytesFile(content)]]));
}
