import { errnoOf, type ReadFs, readHead } from "@sessionsmith/core";
import { applicationId } from "./schema.ts";

const headBytes = 100;
const magic = Buffer.from("SQLite format 3\0", "latin1");
const versionOffset = 60;
const applicationOffset = 68;

/**
 * Tells a database of this product by its first bytes, without a library (SQLite file format 3: the application id stands at byte
 * 68, big-endian). One that no program has closed yet may have its marks in its log only: then both marks in the file are 0.
 * @returns false for anything else, and for what can't be looked at: who goes on to work on it says why
 */
export function isSqliteStore(fs: ReadFs, path: string): boolean {
  const head = headOf(fs, path);
  if (head === undefined || head.length < headBytes || !head.subarray(0, magic.length).equals(magic))
    return false;
  const application = head.readUInt32BE(applicationOffset);
  return application === applicationId || (application === 0 && head.readUInt32BE(versionOffset) === 0);
}

function headOf(fs: ReadFs, path: string): Buffer | undefined {
  try {
    if (fs.stat(path)?.kind !== "file") return undefined;
    return fs.withFile(path, (file) => readHead(file, headBytes));
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}
