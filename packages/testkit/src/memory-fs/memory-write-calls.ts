import type { ReadFs, WriteFs } from "@sessionsmith/core";
import type { CallGate } from "./call-gate.ts";
import type { CallName } from "./fs-call.ts";
import { changeFact, changeNames, type MemoryDisk, syncInode, syncNames } from "./memory-disk.ts";
import { addDirectory, addFile } from "./new-inode.ts";
import { tellingPath, withWritable } from "./open-file.ts";
import { type PathCall, pathCall } from "./path-call.ts";
import { renameChange } from "./rename-change.ts";

/** The writing half of a file system on `disk`; every call passes `gate`. */
export function memoryWriteCalls(disk: MemoryDisk, gate: CallGate): Omit<WriteFs, keyof ReadFs> {
  const enter = (name: CallName, path: string, dest?: string): PathCall =>
    pathCall({ disk, gate }, name, dest === undefined ? [path] : [path, dest]);
  return {
    createFile: (path, mode, use) => {
      const { dir, name } = enter("create", path).free(path);
      const ino = addFile(disk, mode);
      changeNames(disk, { dirs: [dir], bindings: [{ dir, name, ino }] });
      return withWritable({ disk, gate, path, ino }, use);
    },
    appendFile: (path, use) => {
      const call = enter("append", path);
      const { ino, node } = call.existing(path);
      const errno = notForWriting.get(node.kind);
      if (errno !== undefined) throw call.failed(errno);
      return withWritable({ disk, gate, path, ino }, use);
    },
    link: (existing, path) => {
      const call = enter("link", existing, path);
      const { ino, node } = call.existing(existing);
      const { dir, name } = call.free(path);
      if (node.kind === "directory") throw call.failed("EPERM");
      changeNames(disk, { dirs: [dir], bindings: [{ dir, name, ino }] });
    },
    rename: (from, to) => {
      const call = enter("rename", from, to);
      const change = renameChange(disk, call.place(from), call.place(to));
      if (typeof change === "string") throw call.failed(change);
      if (change !== undefined) changeNames(disk, change);
    },
    unlink: (path) => {
      const call = enter("unlink", path);
      const { dir, name, node } = call.existing(path);
      if (node.kind === "directory") throw call.failed("EISDIR");
      changeNames(disk, { dirs: [dir], bindings: [{ dir, name, ino: undefined }] });
    },
    makeDir: (path, mode) => {
      const { dir, name } = enter("mkdir", path).free(path);
      changeNames(disk, { dirs: [dir], bindings: [{ dir, name, ino: addDirectory(disk, mode) }] });
    },
    removeDir: (path) => {
      const call = enter("rmdir", path);
      const { dir, name, ino, node } = call.existing(path);
      if (node.kind !== "directory") throw call.failed("ENOTDIR");
      if (name === "") throw call.failed("EBUSY");
      if (node.names.size > 0) throw call.failed("ENOTEMPTY");
      changeNames(disk, { dirs: [dir, ino], bindings: [{ dir, name, ino: undefined }] });
    },
    setMode: (path, mode) => {
      const call = enter("chmod", path);
      const { ino, node } = call.existing(path);
      if (node.kind === "symlink") throw call.failed("ELOOP");
      changeFact(disk, ino, { mode: mode & 0o7777 });
    },
    setOwner: (path, uid, gid) => {
      changeFact(disk, enter("lchown", path).existing(path).ino, { uid, gid });
    },
    syncFiles: async (paths) => {
      for (const path of paths) {
        const call = enter("open", path);
        const { ino, node } = call.existing(path);
        if (node.kind === "symlink") throw call.failed("ELOOP");
        tellingPath(path, () => gate.enter("fsync", path));
        syncInode(disk, ino);
      }
    },
    syncDir: (path) => {
      const call = enter("open", path);
      const { ino, node } = call.existing(path, true);
      if (node.kind !== "directory") throw call.failed("ENOTDIR");
      tellingPath(path, () => gate.enter("fsync", path));
      syncInode(disk, ino);
      syncNames(disk, ino);
    },
  };
}

/** What can't be opened for appending, and the errno that says so. */
const notForWriting: ReadonlyMap<string, string> = new Map([
  ["symlink", "ELOOP"],
  ["directory", "EISDIR"],
  ["socket", "ENXIO"],
]);
