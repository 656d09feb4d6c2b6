import { readRange } from "./read-bytes.ts";
import type { ReadableFile } from "./read-fs.ts";

/** A file up to this size is held in memory as a whole. */
const heldLimitBytes = 16 * 2 ** 20;

/** An open file that is read once, however often it is looked at; a large one stays on the disk. */
export function heldFile(file: ReadableFile): ReadableFile {
  if (file.fact.size > heldLimitBytes) return file;
  const bytes = readRange(file, 0, file.fact.size);
  return { fact: file.fact, read: (into, position) => bytes.subarray(position).copy(into) };
}
