import type { SpliceEdit } from "./splice-edit.ts";

/**
 * Returns the edited file as slices to be written one after the other. What no edit names is a view of `bytes`, not a copy:
 * it keeps its bytes, and 20 MB take milliseconds. Throws if the edits overlap, are out of order or leave the file.
 */
export function spliceIndex(bytes: Buffer, edits: Iterable<SpliceEdit>): readonly Buffer[] {
  const slices: Buffer[] = [];
  let done = 0;
  for (const { at, remove, insert } of edits) {
    const isOrdered = at >= done && remove >= 0 && at + remove <= bytes.length;
    if (!isOrdered)
      throw new RangeError(`edit of ${remove} bytes at ${at} does not fit after ${done} of ${bytes.length}`);
    slices.push(bytes.subarray(done, at), Buffer.from(insert));
    done = at + remove;
  }
  slices.push(bytes.subarray(done));
  return slices.filter((slice) => slice.length > 0);
}
