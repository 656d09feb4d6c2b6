import { basename } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import type { StoreEra } from "./era.ts";
import { eraPathsOf, type EraPlace } from "./era-place.ts";
import { holdsTranscripts } from "./holds-transcripts.ts";
import { readSqliteHeader } from "./sqlite-header.ts";

/** The era of a store, and one sentence that says what it was told by. */
export interface EraReading {
  readonly era: StoreEra;
  readonly why: string;
}

/** OpenClaw 2026.7.2 was the first to keep sessions in the database; older ones use it for other things. */
const firstVersionWithSessions = 4;

/** What the disk says about a store. */
interface EraFacts {
  /** The database that holds sessions, if there is one. */
  readonly database: { readonly path: string; readonly userVersion: number } | undefined;
  /** A database or a place that can't be judged, and why. */
  readonly unclear: string | undefined;
  /** A database without sessions has changes that are not in its header yet. */
  readonly pending: boolean;
  readonly imported: boolean;
  readonly index: boolean;
  readonly transcripts: boolean;
}

/**
 * Tells whether the sessions of a store live in `sessions.json` or in OpenClaw's SQLite database, from the first 100 bytes of
 * the database and from the import archive; reads no more of it. Never throws for what the disk answers:
 * whatever can't be looked at makes the era `unknown`, and only `json` and `empty` may be written.
 */
export function readEra(fs: ReadFs, place: EraPlace): EraReading {
  try {
    return judgeEra(readFacts(fs, place), basename(place.indexPath));
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return { era: "unknown", why: `The place of the database can't be looked at (${errno}).` };
  }
}

function judgeEra(facts: EraFacts, indexName: string): EraReading {
  const { database, unclear } = facts;
  if (unclear !== undefined) return { era: "unknown", why: unclear };
  if (database !== undefined) {
    const holder = `${basename(database.path)} holds sessions (user_version ${database.userVersion})`;
    return facts.index
      ? { era: "mixed", why: `${holder}, and ${indexName} is there too.` }
      : { era: "sqlite", why: `${holder}.` };
  }
  if (facts.imported) {
    return facts.index
      ? {
          era: "mixed",
          why: `Sessions were imported into a database before, and ${indexName} is there again.`,
        }
      : { era: "unknown", why: "Sessions were imported into a database that is not there." };
  }
  if (facts.index) return { era: "json", why: `${indexName} is there, and no database holds sessions.` };
  if (facts.pending)
    return { era: "unknown", why: "The database has changes that are not in its header yet." };
  return facts.transcripts
    ? { era: "json", why: `Transcripts are there without ${indexName}, and no database holds sessions.` }
    : { era: "empty", why: "There is neither an index, nor a transcript, nor a database with sessions." };
}

function readFacts(fs: ReadFs, place: EraPlace): EraFacts {
  const paths = eraPathsOf(fs, place);
  const index = fs.lstat(place.indexPath) !== undefined;
  return {
    ...readDatabases(fs, paths.databases),
    imported: paths.importArchives.some((path) => (fs.readdir(path) ?? []).length > 0),
    index,
    transcripts: !index && holdsTranscripts(fs, place.sessionsDir),
  };
}

function readDatabases(
  fs: ReadFs,
  paths: readonly string[],
): Pick<EraFacts, "database" | "unclear" | "pending"> {
  let database: EraFacts["database"];
  let unclear: string | undefined;
  let pending = false;
  for (const path of paths) {
    const header = readSqliteHeader(fs, path);
    if (header.state === "absent") continue;
    if (header.state === "unreadable") unclear ??= `${basename(path)} can't be judged: ${header.why}.`;
    else if (header.userVersion < 0) unclear ??= `${basename(path)} has a negative user_version.`;
    else if (header.userVersion >= firstVersionWithSessions)
      database ??= { path, userVersion: header.userVersion };
    else pending ||= (fs.stat(`${path}-wal`)?.size ?? 0) > 0;
  }
  return { database, unclear, pending };
}
