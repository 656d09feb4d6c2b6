import { join } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import type { EraReading } from "../layout/read-era.ts";
import { corruptIndexError } from "../session-index/corrupt-index-error.ts";
import { type IndexRead, readIndex } from "../session-index/read-index.ts";
import { StoreError } from "../store-error.ts";
import type { SessionsDirectory } from "./sessions-directory.ts";
import { noStore, type StorePlace } from "./store-place.ts";

/** An index that was read. */
export type ReadableIndex = Extract<IndexRead, { readonly state: "readable" }>;

/** What the absence of an index is judged by. */
export interface StoreEvidence {
  readonly era: EraReading;
  readonly directory: SessionsDirectory;
}

/**
 * Reads the index of a store. Throws E_CORRUPT_INDEX if it can't be read, or if it is missing beside transcripts
 * (docs/invariants.md I3); E_SQLITE_ERA if it is missing where OpenClaw's database holds the sessions or may hold them;
 * E_NOT_FOUND if there is neither.
 */
export function readStoreIndex(fs: ReadFs, place: StorePlace, evidence: StoreEvidence): ReadableIndex {
  const path = join(place.realDir, place.indexName);
  const index = readIndex(fs, path);
  if (index.state === "readable") return index;
  throw index.state === "absent" ? absentIndexError(path, evidence) : corruptIndexError(path, index.failure);
}

function absentIndexError(path: string, { era, directory }: StoreEvidence): StoreError {
  const transcripts = [...directory.files.values()].filter(
    ({ nameClass }) => nameClass.kind === "transcript",
  );
  const details = { path, errno: "ENOENT", era: era.era, transcripts: transcripts.length };
  if (era.era !== "json" && era.era !== "empty") {
    return new StoreError("E_SQLITE_ERA", `There is no index at ${path}. ${era.why} Nothing was changed.`, {
      hint: "Manage these sessions with the OpenClaw release that keeps them in its database.",
      details,
    });
  }
  if (transcripts.length === 0) return noStore(path);
  const beside = transcripts.length === 1 ? "1 transcript lies" : `${transcripts.length} transcripts lie`;
  return new StoreError(
    "E_CORRUPT_INDEX",
    `${path} is missing, but ${beside} beside it. Nothing was changed.`,
    {
      hint: "A store without its index is damaged, not empty. `sessionsmith repair --index` shows what can be made of the transcripts and backups.",
      details,
    },
  );
}
