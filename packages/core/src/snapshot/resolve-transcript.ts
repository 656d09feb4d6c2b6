import { join } from "node:path";
import type { FileFact, ReadFs } from "../disk/read-fs.ts";
import type { TranscriptResolution } from "./row-facts.ts";
import { lookAt, type SessionsDirectory } from "./sessions-directory.ts";
import type { TranscriptCandidates } from "./transcript-candidates.ts";

/** What a resolution is made from. */
export interface ResolutionContext {
  readonly fs: ReadFs;
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  readonly directory: SessionsDirectory;
}

/**
 * Finds the transcript of a row: the first candidate that exists counts. What the directory listed is not asked for again;
 * what it did not list is absent only if `lstat` says ENOENT as well. Any other failure makes the answer `unknown`.
 */
export function resolveTranscript(
  candidates: TranscriptCandidates,
  sessionFile: string | undefined,
  context: ResolutionContext,
): TranscriptResolution {
  const { fs, directory } = context;
  const absent: string[] = [];
  for (const { name, relocated } of candidates.inside) {
    const file = directory.files.get(name);
    // With the very text that the directory listed: it is looked up again and again.
    if (file?.fact.kind === "file") return { state: "present", name: file.name, relocated };
    const path = join(context.realDir, name);
    if (directory.isListed(name)) return unknown(path, directory.unreadable.get(name));
    const look = lookAt(fs, path);
    if (look !== "ENOENT") return unknown(path, look);
    absent.push(path);
  }
  return resolveElsewhere(candidates, sessionFile, { ...context, absent });
}

/** The row's own place of last resort: a path outside, which is looked at and never touched. */
function resolveElsewhere(
  { outsidePath, unsafe }: TranscriptCandidates,
  sessionFile: string | undefined,
  { fs, absent }: ResolutionContext & { readonly absent: string[] },
): TranscriptResolution {
  if (unsafe !== undefined) return unknown(sessionFile ?? "", undefined);
  if (outsidePath === undefined) {
    return absent.length === 0 ? { state: "unnamed" } : { state: "missing", candidates: absent };
  }
  const look = lookAt(fs, outsidePath);
  if (look === "ENOENT") return { state: "missing", candidates: [...absent, outsidePath] };
  if (typeof look === "object" && look.kind === "file") return { state: "outside", path: outsidePath };
  return unknown(outsidePath, look);
}

/** Something is there that is no regular file, or it could not be looked at. */
function unknown(path: string, look: FileFact | string | undefined): TranscriptResolution {
  return typeof look === "string" ? { state: "unknown", path, errno: look } : { state: "unknown", path };
}
