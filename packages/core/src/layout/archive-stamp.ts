/** Why a transcript was retired; part of the archive's name (OpenClaw 2026.5.28 store format). */
export type ArchiveReason = "deleted" | "reset" | "bak";

const stampShape = /^(\d{4}-\d{2}-\d{2}T\d{2})-(\d{2})-(\d{2})(\.\d{3})?Z$/;

/** File systems store at most this many bytes in one name. */
export const longestFileNameBytes = 255;

/**
 * Writes epoch milliseconds as the stamp of an archive: ISO 8601 in UTC with "-" for ":" (`2026-11-20T08-09-55.426Z`).
 * Throws a RangeError for a time outside the years 0000 to 9999.
 */
export function formatArchiveStamp(atMs: number): string {
  const iso = new Date(atMs).toISOString();
  if (iso.length !== 24) throw new RangeError(`no four-digit year: ${iso}`);
  return iso.replaceAll(":", "-");
}

/** Reads an archive stamp, with or without milliseconds. Returns epoch milliseconds, or undefined if it is no time of the calendar. */
export function parseArchiveStamp(stamp: string): number | undefined {
  const parts = stampShape.exec(stamp);
  if (parts === null) return undefined;
  const [, dateAndHour, minute, second, fraction = ".000"] = parts;
  const iso = `${dateAndHour}:${minute}:${second}${fraction}Z`;
  const atMs = Date.parse(iso);
  // Date.parse takes 30 February for 2 March; only a time that is written back the same way exists.
  return Number.isNaN(atMs) || new Date(atMs).toISOString() !== iso ? undefined : atMs;
}

/**
 * The name under which `name` is retired at `atMs` (epoch milliseconds), or undefined if it would be longer than a name may be:
 * such a file goes to the trash instead.
 */
export function archiveName(name: string, reason: ArchiveReason, atMs: number): string | undefined {
  return stampedName(name, reason, formatArchiveStamp(atMs));
}

/** The same for a stamp that is written already: an operation gives one to thousands of files. */
export function stampedName(name: string, reason: ArchiveReason, stamp: string): string | undefined {
  const archived = `${name}.${reason}.${stamp}`;
  return Buffer.byteLength(archived) > longestFileNameBytes ? undefined : archived;
}
