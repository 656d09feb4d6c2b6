import type { ReadableFile, ReadFs } from "./read-fs.ts";

/** A regular file that is open for writing, for as long as the callback runs. */
export interface WritableFile extends ReadableFile {
  /** Writes once, at the end. Returns the bytes written, which may be fewer than asked. */
  write(bytes: Uint8Array): number;
  /** Cuts the file to `size` bytes. */
  truncate(size: number): void;
  setOwner(uid: number, gid: number): void;
  setMode(mode: number): void;
  setMtime(mtimeNs: bigint): void;
  /** Brings content and metadata to stable storage. */
  sync(): void;
}

/**
 * Everything that changes a disk, one system call each, synchronous but for `syncFiles`; only `engine/` uses it.
 * Nothing here follows a symbolic link in the last component. Every failure throws Node's error
 * with its `code` and the `path`.
 */
export interface WriteFs extends ReadFs {
  /** Creates a file that did not exist (EEXIST otherwise) and closes it afterwards. It stays if `use` throws. */
  createFile<T>(path: string, mode: number, use: (file: WritableFile) => T): T;
  /** Opens an existing regular file for appending and closes it afterwards. */
  appendFile<T>(path: string, use: (file: WritableFile) => T): T;
  /** Gives a file a second name; EEXIST if the name is taken. */
  link(existing: string, path: string): void;
  /** Replaces `to` if it exists. */
  rename(from: string, to: string): void;
  unlink(path: string): void;
  makeDir(path: string, mode: number): void;
  removeDir(path: string): void;
  /** There is no such call that leaves a link alone: whoever uses it has looked that the path is none. */
  setMode(path: string, mode: number): void;
  setOwner(path: string, uid: number, gid: number): void;
  /**
   * Brings content and metadata of many files to stable storage, several at a time, which file systems do faster than one after
   * the other. The first failure is thrown when all calls have ended.
   */
  syncFiles(paths: readonly string[]): Promise<void>;
  /** Brings the names in a directory to stable storage. Does nothing where the system has no such call (Windows). */
  syncDir(path: string): void;
}
