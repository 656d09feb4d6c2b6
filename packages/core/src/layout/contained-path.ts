import { basename, dirname, resolve } from "node:path";
import { classifyFileName } from "./classify-file-name.ts";
import { longestFileNameBytes } from "./archive-stamp.ts";

/** The directory that holds the product's own operations, ledger and lock, inside the sessions directory. */
export const ownDirectoryName = ".sessionsmith";

const longestPathLength = 4096;

/** What nearly every session id looks like: nothing is wrong with a name that is made from it. */
const plainId = /^[\w-]{1,64}$/;

/** Where a store lies, as far as paths of its rows are concerned. */
export interface SessionsPlace {
  /** Absolute, normalised path of the sessions directory, as named. */
  readonly sessionsDir: string;
  /** The same directory with every symbolic link resolved. */
  readonly realDir: string;
  /** Name of the index in that directory. */
  readonly indexName: string;
}

/** Why a path text is never used. */
export type UnsafePathReason =
  | "empty"
  | "nul-byte"
  /** Half of a surrogate pair: the file system would be asked for another name. */
  | "lone-surrogate"
  | "name-too-long"
  /** More than 4096 characters: no system opens such a path. */
  | "path-too-long"
  /** A path of another operating system. */
  | "backslash"
  /** The sessions directory itself. */
  | "sessions-directory"
  /** The index, in any mix of cases, or one of its temporary and backup files. */
  | "index"
  | "lock"
  /** The product's own directory. */
  | "own-directory";

/** Where the path text of a row leads. */
export type SessionFilePlace =
  /** A name directly in the sessions directory; nothing is said about what is there. */
  | { readonly kind: "inside"; readonly name: string }
  /** Absolute path of something elsewhere, a sub-directory included. It may be looked at, never changed. */
  | { readonly kind: "outside"; readonly path: string }
  | { readonly kind: "unsafe"; readonly reason: UnsafePathReason };

/**
 * Tells where the `sessionFile` of a row leads. Pure: looks at no disk and follows no link.
 *
 * A relative text starts from the sessions directory; "." and ".." are taken out before anything is compared, so no spelling
 * gets out of the directory and counts as inside. Inside is only what lies directly in the directory, under its name or its
 * real path: another agent's sessions directory is outside. What is inside must not be the index or belong to it, be a lock,
 * or be the product's own directory.
 */
export function resolveSessionFile(sessionFile: string, store: SessionsPlace): SessionFilePlace {
  if (sessionFile === "") return unsafe("empty");
  if (sessionFile.includes("\0")) return unsafe("nul-byte");
  if (sessionFile.length > longestPathLength) return unsafe("path-too-long");
  const path = resolve(store.sessionsDir, sessionFile);
  if (path === store.sessionsDir || path === store.realDir) return unsafe("sessions-directory");
  const name = basename(path);
  const wrong = impossibleNameReason(name);
  if (wrong !== undefined) return unsafe(wrong);
  const directory = dirname(path);
  if (directory !== store.sessionsDir && directory !== store.realDir) return { kind: "outside", path };
  const reason = unsafeNameReason(name, store.indexName);
  return reason === undefined ? { kind: "inside", name } : unsafe(reason);
}

/**
 * The last component of a `sessionFile`, whichever operating system wrote the path, if it may name a transcript of this
 * sessions directory; else undefined. It finds the transcript of a row whose store was moved.
 */
export function sessionFileBaseName(sessionFile: string, indexName: string): string | undefined {
  const name = sessionFile.slice(Math.max(sessionFile.lastIndexOf("/"), sessionFile.lastIndexOf("\\")) + 1);
  if (name === "" || name === "." || name === ".." || name.includes("\0")) return undefined;
  const reason = impossibleNameReason(name) ?? unsafeNameReason(name, indexName);
  return reason === undefined ? name : undefined;
}

/**
 * The name `<sessionId>.jsonl`, or undefined if that is no name of a file in the sessions directory (a separator, NUL, half a
 * surrogate pair, more than 255 bytes, nothing). Any other id is read, a key-shaped one (`agent:main:main`) included.
 */
export function transcriptName(sessionId: string): string | undefined {
  if (plainId.test(sessionId)) return `${sessionId}.jsonl`;
  if (sessionId === "" || /[/\\\0]/.test(sessionId)) return undefined;
  const name = `${sessionId}.jsonl`;
  return impossibleNameReason(name) === undefined ? name : undefined;
}

/** What no file on a disk is called. */
function impossibleNameReason(name: string): UnsafePathReason | undefined {
  if (/\p{Surrogate}/u.test(name)) return "lone-surrogate";
  return Buffer.byteLength(name) > longestFileNameBytes ? "name-too-long" : undefined;
}

/** What no transcript may be called. Cases are folded, because some file systems do. */
function unsafeNameReason(name: string, indexName: string): UnsafePathReason | undefined {
  if (name.includes("\\")) return "backslash";
  const folded = fold(name);
  if (folded === ownDirectoryName) return "own-directory";
  if (belongsToIndex(folded, fold(indexName))) return "index";
  return folded.endsWith(".lock") ? "lock" : undefined;
}

/** True for the index and for its temporary and backup files. */
function belongsToIndex(name: string, indexName: string): boolean {
  if (!name.startsWith(indexName)) return false;
  const { kind } = classifyFileName(name, { indexName });
  return name === indexName || kind === "index-temp" || kind === "index-backup";
}

function fold(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

function unsafe(reason: UnsafePathReason): SessionFilePlace {
  return { kind: "unsafe", reason };
}
