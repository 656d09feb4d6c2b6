/** What a directory entry is. */
export type FileKind = "file" | "directory" | "symlink" | "fifo" | "socket" | "device";

/** What one `lstat` or `fstat` tells; times are kept to the nanosecond, because identity is compared by them. */
export interface FileFact {
  readonly kind: FileKind;
  readonly dev: bigint;
  readonly ino: bigint;
  /** Bytes. */
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** Permission bits only (`0o600`). */
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
}

/** A file that is open for reading, for as long as the callback of {@link ReadFs.withFile} runs. */
export interface ReadableFile {
  readonly fact: FileFact;
  /** All that there is to read, if it is in memory already; only to look at, and at once. */
  readonly bytes?: Buffer | undefined;
  /** Fills `into` from `position` on, looping over short reads. Returns the bytes read: less than asked only at the end of the file. */
  read(into: Uint8Array, position: number): number;
}

/**
 * Everything that this product reads from a disk, synchronous.
 * `undefined` means ENOENT and nothing else; every other failure throws Node's error with its `code`.
 */
export interface ReadFs {
  /** Does not follow a symbolic link. */
  lstat(path: string): FileFact | undefined;
  /** Follows symbolic links; a dangling one is `undefined`. */
  stat(path: string): FileFact | undefined;
  /** Names in the directory, sorted by code unit; `undefined` if there is no such directory. */
  readdir(path: string): readonly string[] | undefined;
  /** The path with every symbolic link resolved. */
  realpath(path: string): string | undefined;
  /** The target text of a symbolic link. */
  readlink(path: string): string | undefined;
  /**
   * Opens without following a link in the last component (ELOOP) and without waiting on a FIFO, and closes afterwards.
   * Returns `undefined` if there is no such file.
   */
  withFile<T>(path: string, use: (file: ReadableFile) => T): T | undefined;
}
