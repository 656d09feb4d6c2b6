import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  lchownSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { systemOpenFlags } from "./node-open.ts";
import { nodeReadFs, readableFile } from "./node-read-fs.ts";
import { tellPath } from "./tell-path.ts";
import type { WritableFile, WriteFs } from "./write-fs.ts";

/** The disk of this machine, changed synchronously. */
export const nodeWriteFs: WriteFs = {
  ...nodeReadFs,
  createFile: (path, mode, use) =>
    withDescriptor(
      path,
      openSync(
        path,
        constants.O_RDWR |
          constants.O_CREAT |
          constants.O_EXCL |
          constants.O_APPEND |
          systemOpenFlags.noFollow,
        mode,
      ),
      use,
    ),
  appendFile: (path, use) =>
    withDescriptor(
      path,
      openSync(path, constants.O_RDWR | constants.O_APPEND | systemOpenFlags.noFollow),
      use,
    ),
  link: (existing, path) => linkSync(existing, path),
  rename: (from, to) => renameSync(from, to),
  unlink: (path) => unlinkSync(path),
  makeDir: (path, mode) => {
    mkdirSync(path, { mode });
  },
  removeDir: (path) => rmdirSync(path),
  setMode: (path, mode) => chmodSync(path, mode),
  setOwner: (path, uid, gid) => lchownSync(path, uid, gid),
  syncDir: (path) => {
    // Windows opens no directories; its file systems journal names by themselves.
    if (process.platform === "win32") return;
    withDescriptor(path, openSync(path, constants.O_RDONLY), (dir) => dir.sync());
  },
};

function withDescriptor<T>(path: string, descriptor: number, use: (file: WritableFile) => T): T {
  try {
    return tellPath(path, () => use(writableFile(descriptor)));
  } finally {
    closeSync(descriptor);
  }
}

function writableFile(descriptor: number): WritableFile {
  return {
    ...readableFile(descriptor),
    write: (bytes) => writeSync(descriptor, bytes),
    truncate: (size) => ftruncateSync(descriptor, size),
    setOwner: (uid, gid) => fchownSync(descriptor, uid, gid),
    setMode: (mode) => fchmodSync(descriptor, mode),
    setMtime: (mtimeNs) => {
      // Node takes seconds as a double, which holds a present-day time to about a quarter of a microsecond.
      const seconds = Number(mtimeNs) / 1e9;
      futimesSync(descriptor, seconds, seconds);
    },
    sync: () => fsyncSync(descriptor),
  };
}
