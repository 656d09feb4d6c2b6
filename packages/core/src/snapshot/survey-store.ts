import { join } from "node:path";
import type { Host } from "../disk/host.ts";
import { finding, type Finding } from "../findings/finding.ts";
import type { JsonValue } from "../json-value.ts";
import { type EraReading, readEra } from "../layout/read-era.ts";
import type { StoreTarget } from "../layout/store-target.ts";
import { isStoreError, type StoreError } from "../store-error.ts";
import { checkFiles } from "./check-files.ts";
import { discountOwnLinks } from "./own-links.ts";
import { scanStore, type ScanStoreOptions } from "./scan-store.ts";
import { scanTranscriptLocks } from "./scan-transcript-locks.ts";
import { readSessionsDirectory } from "./sessions-directory.ts";
import type { StoreFile } from "./store-file.ts";
import { noStore, openStorePlace } from "./store-place.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";

/** What can be said of a store whose index may be unreadable: for looking and mending, never for removing. */
export interface StoreSurvey {
  readonly target: StoreTarget;
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  readonly era: EraReading;
  /** Undefined if the index can't be read, or is missing beside transcripts; `findings` then says why. */
  readonly snapshot: StoreSnapshot | undefined;
  /** As in {@link StoreSnapshot}. */
  readonly files: ReadonlyMap<string, StoreFile>;
  /** Names of the transcript locks that somebody holds. */
  readonly heldLocks: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/**
 * Reads a store as `scanStore` does, but takes an index that can't be read for a finding.
 *
 * Throws E_NOT_FOUND if there is no store, E_SQLITE_ERA if there is no index because the sessions live in a database, E_IO if
 * the directory can't be read.
 */
export function surveyStore(host: Host, target: StoreTarget, options: ScanStoreOptions): StoreSurvey {
  const era = readEra(host.fs, target);
  try {
    const snapshot = scanStore(host, target, options);
    const { realDir, files, heldLocks } = snapshot;
    const findings = [...checkEra(era, target.indexPath), ...snapshot.findings];
    return { target, realDir, era, snapshot, files, heldLocks, findings };
  } catch (error) {
    if (!isStoreError(error) || error.code !== "E_CORRUPT_INDEX") throw error;
    return surveyFiles(host, target, { era, error });
  }
}

function surveyFiles(
  host: Host,
  target: StoreTarget,
  { era, error }: { readonly era: EraReading; readonly error: StoreError },
): StoreSurvey {
  const place = openStorePlace(host.fs, target);
  const { realDir } = place;
  const listed = readSessionsDirectory(host.fs, place);
  if (listed === undefined) throw noStore(target.indexPath);
  const directory = discountOwnLinks(host.fs, realDir, listed);
  const locks = scanTranscriptLocks(host, realDir, directory);
  const findings = [
    ...checkEra(era, target.indexPath),
    indexFinding(join(realDir, place.indexName), error.details),
    ...checkFiles(realDir, directory),
    ...locks.findings,
  ];
  const { files } = directory;
  return { target, realDir, era, snapshot: undefined, files, heldLocks: locks.held, findings };
}

/** The details of E_CORRUPT_INDEX name a reason for an index that is there, and count transcripts for one that is not. */
function indexFinding(path: string, details: StoreError["details"]): Finding {
  const { reason, offset, line, column, transcripts, errno } = details;
  if (reason === undefined) return finding("index-missing", { path }, { transcripts: transcripts ?? null });
  const place = { path, ...numberAt("offset", offset), ...numberAt("line", line) };
  return finding("index-unreadable", place, {
    reason,
    ...(column === undefined ? {} : { column }),
    ...(errno === undefined ? {} : { errno }),
  });
}

function numberAt(
  name: "line" | "offset",
  value: JsonValue | undefined,
): { readonly [name: string]: number } {
  return typeof value === "number" ? { [name]: value } : {};
}

function checkEra({ era, why }: EraReading, path: string): readonly Finding[] {
  if (era === "mixed") return [finding("index-beside-database", { path }, { why })];
  return era === "unknown" ? [finding("era-unknown", { path }, { why })] : [];
}
