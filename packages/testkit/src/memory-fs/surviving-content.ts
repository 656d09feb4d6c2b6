import { type FileNode, type MemoryNode, withFact } from "./memory-node.ts";

/** What a crash may undo of an inode: everything since it was last synced. */
export interface Unsynced {
  /** As it is on stable storage. */
  readonly before: MemoryNode;
  /** The leading bytes that no write or cut since then has touched. */
  readonly untouchedBytes: number;
  /** Mode, owner or mtime were set. */
  readonly factChanged: boolean;
}

/** What may have become of an inode in a crash. */
export interface Survivor {
  readonly node: MemoryNode;
  readonly story: string;
}

/**
 * What may be left of an inode that has changes which were not synced, from nothing of them to all: its content as before,
 * cut after 0, 1, half or all but one of the new bytes, filled with zeros to the full size, or complete;
 * and mode, owner and mtime as before or as now.
 */
export function survivingContent(
  { before, untouchedBytes, factChanged }: Unsynced,
  now: MemoryNode,
): readonly Survivor[] {
  const survivors =
    now.kind === "file" && before.kind === "file" ? survivingBytes(before, untouchedBytes, now) : [];
  const { mode, uid, gid, mtimeNs } = before.fact;
  const oldFact = { node: withFact(now, { mode, uid, gid, mtimeNs }), story: "old mode, owner and time" };
  const mayBeOld = factChanged && !haveEqualFacts(oldFact.node, now);
  return [...survivors, ...(mayBeOld ? [oldFact] : []), { node: now, story: "complete" }];
}

function survivingBytes(before: FileNode, untouched: number, now: FileNode): readonly Survivor[] {
  const size = now.bytes.length;
  const fresh = size - untouched;
  if (fresh === 0 && before.bytes.length === size) return [];
  const cuts = new Set([0, 1, fresh >> 1, fresh - 1].filter((count) => count >= 0 && count < fresh));
  if (before.bytes.length === untouched) cuts.delete(0);
  return [
    { node: before, story: `as before (${before.bytes.length} bytes)` },
    ...[...cuts].map((count) => survivor(now, now.bytes.subarray(0, untouched + count), "cut")),
    ...(hasZerosOnly(now.bytes.subarray(untouched))
      ? []
      : [survivor(now, zeroFilled(now.bytes, untouched), "zero-filled")]),
  ];
}

function survivor(now: FileNode, bytes: Uint8Array, how: string): Survivor {
  return {
    node: { kind: "file", fact: { ...now.fact, size: bytes.length }, bytes },
    story: `${how} (${bytes.length} bytes)`,
  };
}

function zeroFilled(bytes: Uint8Array, from: number): Uint8Array {
  const filled = Uint8Array.from(bytes);
  return filled.fill(0, from);
}

function hasZerosOnly(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function haveEqualFacts({ fact: a }: MemoryNode, { fact: b }: MemoryNode): boolean {
  return a.mode === b.mode && a.uid === b.uid && a.gid === b.gid && a.mtimeNs === b.mtimeNs;
}
