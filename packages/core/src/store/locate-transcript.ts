import { join } from "node:path";
import { lookOrFail } from "../layout/disk-error.ts";
import { transcriptName } from "../layout/contained-path.ts";
import type { IndexRow } from "../session-index/index-document.ts";
import { openStorePlace, type StorePlace } from "../snapshot/store-place.ts";
import { transcriptCandidates } from "../snapshot/transcript-candidates.ts";
import { StoreError } from "../store-error.ts";
import { readStore } from "./read-store.ts";
import type { StoreAccess } from "./store-access.ts";

/** Where the transcript of a session is, or would be made. */
export interface TranscriptPlace {
  readonly place: StorePlace;
  /** Name in the sessions directory. */
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
  readonly exists: boolean;
  /** Whether a row has the session id. */
  readonly hasRow: boolean;
}

/**
 * Finds the transcript of a session: where its row says, else `<session id>.jsonl`. One row or several may have the session id,
 * or none.
 * @throws StoreError E_REFUSED if the row names a place outside the sessions directory, or rows name different files;
 * E_USAGE for a session id that can't be a file name; and as `readStore` does
 */
export function locateTranscript(access: StoreAccess, sessionId: string): TranscriptPlace {
  const { host, target } = access;
  const { document } = readStore(access);
  const place = openStorePlace(host.fs, target);
  const rows = document.rows.filter((row) => !row.shadowed && row.sessionId === sessionId);
  const names = new Set(rows.map((row) => nameOf(access, row, place)));
  if (rows.length === 0) names.add(ownName(sessionId));
  const [name, other] = names;
  if (name === undefined) throw new Error("a session without a name for its transcript");
  if (other !== undefined) {
    throw refused(
      `Rows of session ${sessionId} name different transcripts (${name}, ${other}).`,
      target.indexPath,
    );
  }
  const path = join(place.realDir, name);
  const exists = lookOrFail("E_IO", path, () => host.fs.lstat(path)) !== undefined;
  return { place, name, path, exists, hasRow: rows.length > 0 };
}

/** {@link locateTranscript} of one that is there. @throws StoreError E_NOT_FOUND if it is not */
export function requireTranscript(access: StoreAccess, sessionId: string): TranscriptPlace {
  const found = locateTranscript(access, sessionId);
  if (found.exists) return found;
  throw new StoreError("E_NOT_FOUND", `There is no transcript ${found.path}. Nothing was changed.`, {
    hint: "Check the session id.",
    details: { path: found.path, sessionId },
  });
}

/** The first place that exists counts; where none does, the row's own, else `<session id>.jsonl`. */
function nameOf({ host, target }: StoreAccess, row: IndexRow, place: StorePlace): string {
  const { inside, outsidePath, unsafe } = transcriptCandidates(row, place);
  const isThere = (path: string) => lookOrFail("E_IO", path, () => host.fs.lstat(path)) !== undefined;
  const present = inside.find(({ name }) => isThere(join(place.realDir, name)));
  if (present !== undefined) return present.name;
  if (unsafe !== undefined || (outsidePath !== undefined && isThere(outsidePath))) {
    throw refused(
      `The row ${JSON.stringify(row.key)} names a transcript outside the sessions directory.`,
      target.indexPath,
    );
  }
  return inside.find(({ relocated }) => !relocated)?.name ?? ownName(row.sessionId ?? "");
}

function ownName(sessionId: string): string {
  const name = transcriptName(sessionId);
  if (name !== undefined) return name;
  throw new StoreError("E_USAGE", "The session id can't be part of a file name.", {
    hint: "Use a UUID for a new session.",
  });
}

function refused(what: string, path: string): StoreError {
  return new StoreError("E_REFUSED", `${what} Nothing was changed.`, {
    hint: "Correct sessionFile in the index.",
    details: { path },
  });
}
