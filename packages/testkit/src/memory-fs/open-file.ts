import type { ReadableFile, WritableFile } from "@sessionsmith/core";
import { callError, type CallGate, type Passage } from "./call-gate.ts";
import type { CallName } from "./fs-call.ts";
import { noBytes } from "./memory-node.ts";
import { changeBytes, changeFact, type MemoryDisk, nodeAt, syncInode } from "./memory-disk.ts";

/** What a descriptor is opened on; it leads to an inode, whatever becomes of its name. */
export interface OpenTarget {
  readonly disk: MemoryDisk;
  readonly gate: CallGate;
  /** What it was opened by, for the log. */
  readonly path: string;
  readonly ino: number;
}

type Enter = (name: CallName) => Passage;

/** Lets `use` work with a descriptor for reading, and closes it. */
export function withReadable<T>(target: OpenTarget, use: (file: ReadableFile) => T): T {
  return tellingPath(target.path, () => whileOpen(target, (enter) => use(readableFile(target, enter))));
}

/** Lets `use` work with a descriptor for reading and for writing at the end, and closes it. */
export function withWritable<T>(target: OpenTarget, use: (file: WritableFile) => T): T {
  return tellingPath(target.path, () => whileOpen(target, (enter) => use(writableFile(target, enter))));
}

/** Adds the path to an error of a call on a descriptor, as `nodeWriteFs` does; Node itself does not say it. */
export function tellingPath<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && "syscall" in error && !("path" in error)) Object.assign(error, { path });
    throw error;
  }
}

function whileOpen<T>({ gate, path }: OpenTarget, use: (enter: Enter) => T): T {
  let isOpen = true;
  const enter = (name: CallName) => {
    if (!isOpen) throw callError("EBADF", name, [path]);
    return gate.enter(name, path);
  };
  try {
    return use(enter);
  } finally {
    isOpen = false;
  }
}

function readableFile({ disk, path, ino }: OpenTarget, enter: Enter): ReadableFile {
  return {
    fact: nodeAt(disk, ino).fact,
    read: (into, position) => {
      enter("read");
      const node = nodeAt(disk, ino);
      if (node.kind === "directory") throw callError("EISDIR", "read", [path]);
      if (node.kind !== "file") throw callError("ESPIPE", "read", [path]);
      const bytes = node.bytes.subarray(position, position + into.byteLength);
      into.set(bytes);
      return bytes.byteLength;
    },
  };
}

function writableFile(target: OpenTarget, enter: Enter): WritableFile {
  const { disk, gate, ino } = target;
  return {
    write: (bytes) => {
      const passage = enter("write");
      const accepted = passage === "whole" ? bytes : bytes.subarray(0, Math.max(1, bytes.length >> 1));
      if (accepted.length > 0) changeBytes(disk, ino, Buffer.concat([bytesAt(disk, ino), accepted]));
      if (passage === "torn-write") throw gate.stop();
      return accepted.length;
    },
    truncate: (size) => {
      enter("ftruncate");
      const bytes = bytesAt(disk, ino);
      changeBytes(disk, ino, Buffer.concat([bytes, Buffer.alloc(Math.max(0, size - bytes.length))], size));
    },
    setOwner: (uid, gid) => {
      enter("fchown");
      changeFact(disk, ino, { uid, gid });
    },
    setMode: (mode) => {
      enter("fchmod");
      changeFact(disk, ino, { mode: mode & 0o7777 });
    },
    setMtime: (mtimeNs) => {
      enter("futime");
      changeFact(disk, ino, { mtimeNs });
    },
    sync: () => {
      enter("fsync");
      syncInode(disk, ino);
    },
    ...readableFile(target, enter),
  };
}

function bytesAt(disk: MemoryDisk, ino: number): Uint8Array {
  const node = nodeAt(disk, ino);
  return node.kind === "file" ? node.bytes : noBytes;
}
