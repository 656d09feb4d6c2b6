import { callError, type CallGate } from "./call-gate.ts";
import { findPlace, type Place } from "./find-place.ts";
import type { CallName } from "./fs-call.ts";
import { type MemoryDisk, nodeAt } from "./memory-disk.ts";
import type { MemoryNode } from "./memory-node.ts";
import type { SystemError } from "./system-error.ts";

/** A call that works on paths and that the gate let through. */
export interface PathCall {
  /** The error for this call. */
  readonly failed: (errno: string) => SystemError;
  /** Where a path leads, whether or not there is anything; a link at its end is not followed. */
  readonly place: (path: string) => Place;
  /** What is at a path. @throws ENOENT */
  readonly existing: (path: string, follow?: boolean) => ExistingPlace;
  /** A place where there is nothing yet. @throws EEXIST */
  readonly free: (path: string) => Place;
}

/** A name that leads to something. */
export interface ExistingPlace extends Pick<Place, "dir" | "name"> {
  readonly ino: number;
  readonly node: MemoryNode;
}

/** Passes the gate with a call. */
export function pathCall(
  { disk, gate }: { readonly disk: MemoryDisk; readonly gate: CallGate },
  name: CallName,
  paths: readonly [path: string, dest?: string],
): PathCall {
  gate.enter(name, ...paths);
  const failed = (errno: string) => callError(errno, name, paths);
  const lookUp = (path: string, follow: boolean) => {
    const place = findPlace(disk.nodes, path, follow);
    if (typeof place === "string") throw failed(place);
    return place;
  };
  return {
    failed,
    place: (path) => lookUp(path, false),
    existing: (path, follow = false) => {
      const { dir, name: last, ino } = lookUp(path, follow);
      if (ino === undefined) throw failed("ENOENT");
      return { dir, name: last, ino, node: nodeAt(disk, ino) };
    },
    free: (path) => {
      const place = lookUp(path, false);
      if (place.ino !== undefined) throw failed("EEXIST");
      return place;
    },
  };
}
