import { throws } from "node:assert/strict";
import type { ReadableFile, WriteFs } from "@sessionsmith/core";

/** One thing that every implementation must do; for `test.each`. */
export interface ContractCase {
  readonly name: string;
  /** @throws AssertionError if the file system of the place does something else */
  readonly check: (place: FsPlace) => void;
}

/** A file system and an empty directory in it. */
export interface FsPlace {
  readonly fs: WriteFs;
  /** The absolute path, without links, of a name in the directory. */
  readonly at: (name: string) => string;
  /** Makes a symbolic link, which the interface can't. */
  readonly symlink: (target: string, path: string) => void;
  /** Makes a FIFO, which the interface can't. */
  readonly makeFifo: (path: string) => void;
}

/** Creates a file with this text. */
export function putText(fs: WriteFs, path: string, text: string): void {
  fs.createFile(path, 0o600, (file) => file.write(Buffer.from(text)));
}

/** The text of a file; `undefined` if there is none. */
export function textAt(fs: WriteFs, path: string): string | undefined {
  return fs.withFile(path, textOf);
}

/** The text of an open file from its start, at most 100 bytes. */
export function textOf(file: ReadableFile): string {
  const buffer = Buffer.alloc(100);
  return buffer.toString("utf8", 0, file.read(buffer, 0));
}

/** Asserts that a call fails as Node words it: `failure` is `CODE: text, syscall`, to which the paths are added. */
export function assertFails(
  action: () => unknown,
  failure: string,
  paths: readonly [string?, string?],
): void {
  const [path, dest] = paths;
  const from = path === undefined ? "" : ` '${path}'`;
  const to = dest === undefined ? "" : ` -> '${dest}'`;
  throws(action, {
    message: `${failure}${from}${to}`,
    code: failure.slice(0, failure.indexOf(":")),
    syscall: failure.slice(failure.lastIndexOf(" ") + 1),
    ...(path === undefined ? {} : { path }),
    ...(dest === undefined ? {} : { dest }),
  });
}
