import { constants, lstatSync, openSync } from "node:fs";

/** What differs between systems when a file is opened for reading: 0 where a system has no such flag (Windows). */
export interface OpenFlags {
  /** Refuse a symbolic link in the last component. */
  readonly noFollow: number;
  /** Return at once from a FIFO that nobody writes to. */
  readonly nonBlock: number;
}

/** The flags of the system that runs. */
export const systemOpenFlags: OpenFlags = openFlagsOf(constants);

function openFlagsOf(table: Readonly<Record<string, number>>): OpenFlags {
  return { noFollow: table["O_NOFOLLOW"] ?? 0, nonBlock: table["O_NONBLOCK"] ?? 0 };
}

/**
 * Opens `path` for reading and returns the descriptor. Throws Node's error, ENOENT included.
 * A symbolic link in the last component is ELOOP on every system; where there is no flag for it, an `lstat` finds it.
 */
export function openForReading(path: string, flags: OpenFlags = systemOpenFlags): number {
  if (flags.noFollow === 0 && lstatSync(path).isSymbolicLink()) {
    throw Object.assign(new Error(`ELOOP: symbolic link is not followed, open '${path}'`), {
      code: "ELOOP",
      syscall: "open",
      path,
    });
  }
  return openSync(path, constants.O_RDONLY | flags.noFollow | flags.nonBlock);
}
