import { basename, dirname, join } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { holdsTranscripts } from "./holds-transcripts.ts";
import type { StoreTarget } from "./store-target.ts";

/** Where an index really is. */
export type IndexPlace =
  | ({ readonly ok: true } & Pick<StoreTarget, "indexPath" | "sessionsDir" | "linkedFrom">)
  | {
      readonly ok: false;
      readonly reason: "leads-nowhere" | "transcripts-beside-the-link";
      readonly leadsTo?: string;
    };

/**
 * Resolves an index that is a symbolic link, once. The transcripts are where the file is; if the link lies in another directory
 * that has transcripts too, which ones belong to the index can't be told, and the store is refused.
 *
 * What can't be looked at is taken as named: whoever reads the index then meets the same failure and reports it.
 */
export function placeIndex(fs: ReadFs, indexPath: string): IndexPlace {
  const asNamed = { ok: true, indexPath, sessionsDir: dirname(indexPath) } as const;
  try {
    return fs.lstat(indexPath)?.kind === "symlink" ? followLink(fs, indexPath) : asNamed;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return asNamed;
  }
}

function followLink(fs: ReadFs, link: string): IndexPlace {
  const real = fs.realpath(link);
  if (real === undefined) return { ok: false, reason: "leads-nowhere" };
  const linkDir = dirname(link);
  if (fs.realpath(linkDir) === dirname(real)) {
    return { ok: true, indexPath: join(linkDir, basename(real)), sessionsDir: linkDir, linkedFrom: link };
  }
  if (holdsTranscripts(fs, linkDir))
    return { ok: false, reason: "transcripts-beside-the-link", leadsTo: real };
  return { ok: true, indexPath: real, sessionsDir: dirname(real), linkedFrom: link };
}
