import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsync,
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
import { promisify } from "node:util";
import { systemOpenFlags } from "./node-open.ts";
import { nodeReadFs, readableFile } from "./node-read-fs.ts";
import { tellPath } from "./tell-path.ts";
import { whileBusy } from "./while-busy.ts";
import type { WritableFile, WriteFs } from "./write-fs.ts";

const fsyncLater = promisify(fsync);

/** Descriptors that are open at once; a process may have 256 on macOS. */
const syncedAtOnce = 64;

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
  rename: (from, to) => whileBusy(() => renameSync(from, to)),
  unlink: (path) => whileBusy(() => unlinkSync(path)),
  makeDir: (path, mode) => {
    mkdirSync(path, { mode });
  },
  removeDir: (path) => rmdirSync(path),
  setMode: (path, mode) => chmodSync(path, mode),
  setOwner: (path, uid, gid) => lchownSync(path, uid, gid),
  syncFiles: async (paths) => {
    for (let at = 0; at < paths.length; at += syncedAtOnce)
      // oxlint-disable-next-line no-await-in-loop -- no more descriptors at once
      await syncTogether(paths.slice(at, at + syncedAtOnce));
  },
  syncDir: (path) => {
    // Windows opens no directories; its file systems journal names by themselves.
    if (process.platform === "win32") return;
    withDescriptor(path, openSync(path, constants.O_RDONLY), (dir) => dir.sync());
  },
};

/** Windows syncs only what is open for writing. */
const syncFlags =
  (process.platform === "win32" ? constants.O_RDWR : constants.O_RDONLY) | systemOpenFlags.noFollow;

async function syncTogether(paths: readonly string[]): Promise<void> {
  const opened: { readonly path: string; readonly descriptor: number }[] = [];
  try {
    for (const path of paths) opened.push({ path, descriptor: openSync(path, syncFlags) });
    const outcomes = await Promise.allSettled(opened.map(({ descriptor }) => fsyncLater(descriptor)));
    for (const [n, outcome] of outcomes.entries())
      if (outcome.status === "rejected")
        tellPath(opened[n]?.path ?? "", () => {
          throw outcome.reason;
        });
  } finally {
    for (const { descriptor } of opened) closeSync(descriptor);
  }
}

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
