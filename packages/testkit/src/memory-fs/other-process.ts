import type { WriteFs } from "@sessionsmith/core";
import { openGate } from "./call-gate.ts";
import type { Place } from "./find-place.ts";
import type { CallName } from "./fs-call.ts";
import { changeNames, type MemoryDisk } from "./memory-disk.ts";
import type { SpecialNode } from "./memory-node.ts";
import { memoryReadCalls } from "./memory-read-calls.ts";
import { memoryWriteCalls } from "./memory-write-calls.ts";
import { addSpecial, addSymlink } from "./new-inode.ts";
import { pathCall } from "./path-call.ts";

/** A file system as other programs have it: they make things that the product never makes. */
export interface OtherProcess extends WriteFs {
  /** Makes a symbolic link with this text. */
  readonly symlink: (target: string, path: string) => void;
  /** Makes something that holds no content. */
  readonly makeSpecial: (path: string, kind: SpecialNode["kind"]) => void;
}

/** Another process on the disk: nothing of what it does is counted or goes wrong. */
export function otherProcess(disk: MemoryDisk): OtherProcess {
  const bind = ({ dir, name }: Place, ino: number) =>
    changeNames(disk, { dirs: [dir], bindings: [{ dir, name, ino }] });
  const enter = (name: CallName, ...paths: [string, string?]) =>
    pathCall({ disk, gate: openGate }, name, paths);
  return {
    ...memoryReadCalls(disk, openGate),
    ...memoryWriteCalls(disk, openGate),
    symlink: (target, path) => bind(enter("symlink", target, path).free(path), addSymlink(disk, target)),
    makeSpecial: (path, kind) => bind(enter("mknod", path).free(path), addSpecial(disk, kind)),
  };
}
