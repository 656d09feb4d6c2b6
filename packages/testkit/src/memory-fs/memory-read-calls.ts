import type { FileFact, ReadFs } from "@sessionsmith/core";
import { callError, type CallGate } from "./call-gate.ts";
import { findPlace, pathOf, type Place } from "./find-place.ts";
import type { CallName } from "./fs-call.ts";
import { type MemoryDisk, nodeAt } from "./memory-disk.ts";
import type { MemoryNode } from "./memory-node.ts";
import { withReadable } from "./open-file.ts";

/** The reading half of a file system on `disk`; every call passes `gate`. */
export function memoryReadCalls(disk: MemoryDisk, gate: CallGate): ReadFs {
  const look = <T>(
    name: CallName,
    path: string,
    use: (node: MemoryNode, place: Place) => T,
  ): T | undefined => {
    gate.enter(name, path);
    const place = findPlace(disk.nodes, path, followers.has(name));
    if (place === "ENOENT") return undefined;
    if (typeof place === "string") throw callError(place, name, [path]);
    return place.ino === undefined ? undefined : use(nodeAt(disk, place.ino), place);
  };
  return {
    lstat: (path) => look("lstat", path, factOf),
    stat: (path) => look("stat", path, factOf),
    readdir: (path) =>
      look("readdir", path, (node) => {
        if (node.kind !== "directory") throw callError("ENOTDIR", "readdir", [path]);
        return [...node.names.keys()].toSorted();
      }),
    realpath: (path) => look("realpath", path, (_node, { trail }) => pathOf(trail)),
    readlink: (path) =>
      look("readlink", path, (node) => {
        if (node.kind !== "symlink") throw callError("EINVAL", "readlink", [path]);
        return node.target;
      }),
    withFile: (path, use) =>
      look("open", path, ({ kind }, { trail: { ino } }) => {
        if (kind === "symlink") throw callError("ELOOP", "open", [path]);
        if (kind === "socket") throw callError("ENXIO", "open", [path]);
        return withReadable({ disk, gate, path, ino }, use);
      }),
  };
}

const followers: ReadonlySet<CallName> = new Set(["stat", "readdir", "realpath"]);

function factOf(node: MemoryNode): FileFact {
  return node.fact;
}
