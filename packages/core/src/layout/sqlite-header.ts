import type { ReadFs, ReadableFile } from "../disk/read-fs.ts";

/** What the first 100 bytes of a database file say. */
export type SqliteHeader =
  | { readonly state: "absent" }
  /** Something is there, but not a database that can be told. */
  | { readonly state: "unreadable"; readonly why: string }
  | { readonly state: "database"; readonly userVersion: number };

const headerBytes = 100;
const magic = "SQLite format 3\0";
const userVersionOffset = 60;

/** Reads the header of a SQLite database, following links. Throws Node's error for every failure but ENOENT. */
export function readSqliteHeader(fs: ReadFs, path: string): SqliteHeader {
  if (fs.lstat(path) === undefined) return { state: "absent" };
  const real = fs.realpath(path);
  if (real === undefined) return { state: "unreadable", why: "it is a link to nothing" };
  return fs.withFile(real, parseHeader) ?? { state: "absent" };
}

function parseHeader(file: ReadableFile): SqliteHeader {
  if (file.fact.kind !== "file") return { state: "unreadable", why: `it is a ${file.fact.kind}` };
  const header = Buffer.alloc(headerBytes);
  if (file.read(header, 0) < headerBytes) return { state: "unreadable", why: "it is shorter than a header" };
  if (header.toString("latin1", 0, magic.length) !== magic) {
    return { state: "unreadable", why: "it is no SQLite database" };
  }
  return { state: "database", userVersion: header.readInt32BE(userVersionOffset) };
}
