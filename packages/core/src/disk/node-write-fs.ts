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
import { systemOpenFlags } from "./node-open.ts";
import { nodeReadFs, readableFile } from "./node-read-fs.ts";
import { tellPath } from "./tell-path.ts";
import { whileBusy } from "./while-busy.ts";
import type { WritableFile, WriteFs } from "./write-fs.ts";

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
  const descriptors: number[] = [];
  try {
    for (const path of paths) descriptors.push(openSync(path, syncFlags));
    const errors = await syncAll(descriptors);
    for (const [n, error] of errors.entries())
      if (error !== null)
        tellPath(paths[n] ?? "", () => {
          throw error;
        });
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
  }
}

/** The error of each, or null, when all calls have ended. One promise for all of them: a migration syncs thousands of files. */
function syncAll(descriptors: readonly number[]): Promise<readonly (Error | null)[]> {
  const errors: (Error | null)[] = descriptors.map(() => null);
  return new Promise((resolve) => {
    let running = descriptors.length;
    for (const [n, descriptor] of descriptors.entries())
      fsync(descriptor, (error) => {
        errors[n] = error;
        running -= 1;
        if (running === 0) resolve(errors);
      });
  });
}

function withDescriptor<T>(path: string, descriptor: number, use: (file: WritableFile) => T): T {
  try {
    return tellPath(path, () => use(writableFile(path, descriptor)));
  } finally {
    closeSync(descriptor);
  }
}

/** Written out: an object that is spread gets a hidden class of its own each time, which outlives it by far. */
function writableFile(path: string, descriptor: number): WritableFile {
  const readable = readableFile(descriptor);
  return {
    fact: readable.fact,
    read: (into, position) => readable.read(into, position),
    // Where content comes from is often open meanwhile: an error is not to be taken for one of that file.
    write: (bytes) => tellPath(path, () => writeSync(descriptor, bytes)),
    truncate: (size) => tellPath(path, () => ftruncateSync(descriptor, size)),
    setOwner: (uid, gid) => fchownSync(descriptor, uid, gid),
    setMode: (mode) => fchmodSync(descriptor, mode),
    setMtime: (mtimeNs) => {
      // Node takes seconds as a double, which holds a present-day time to about a quarter of a microsecond.
      const seconds = Number(mtimeNs) / 1e9;
      futimesSync(descriptor, seconds, seconds);
    },
    sync: () => tellPath(path, () => fsyncSync(descriptor)),
  };
}
