import { join } from "node:path";
import type { Host } from "../disk/host.ts";
import type { Finding } from "../findings/finding.ts";
import { readEra } from "../layout/read-era.ts";
import type { StoreTarget } from "../layout/store-target.ts";
import { parseRowTime } from "../model/parse-row-time.ts";
import { checkFiles } from "./check-files.ts";
import { checkRow } from "./check-row.ts";
import { findFileAliases } from "./file-aliases.ts";
import { discountOwnLinks } from "./own-links.ts";
import { readStoreIndex } from "./read-store-index.ts";
import { openReferenceGraph } from "./reference-graph.ts";
import { relateFiles } from "./related-files.ts";
import { resolveTranscript } from "./resolve-transcript.ts";
import type { RowFacts } from "./row-facts.ts";
import { scanTranscriptLocks } from "./scan-transcript-locks.ts";
import { readSessionsDirectory } from "./sessions-directory.ts";
import { noStore, openStorePlace } from "./store-place.ts";
import type { StoreSnapshot } from "./store-snapshot.ts";
import { transcriptCandidates, type TranscriptCandidates } from "./transcript-candidates.ts";

/** How a store is scanned. */
export interface ScanStoreOptions {
  /** Epoch ms that the times of rows are judged by; locks are judged by the real clock. */
  readonly nowMs: number;
  /** An index to take instead of the one on the disk, as a repair would leave it: it may then be missing or damaged. */
  readonly index?: Pick<StoreSnapshot, "document" | "fingerprint">;
}

/**
 * Reads a store once, changing nothing: the index, one `readdir`, one `lstat` a file, and the lock files.
 * `.sessionsmith` is not part of the store.
 *
 * Throws E_NOT_FOUND if there is no store, E_CORRUPT_INDEX if the index can't be read or is missing beside transcripts,
 * E_SQLITE_ERA if there is no index because the sessions live in a database, E_IO if the directory can't be read.
 */
export function scanStore(host: Host, target: StoreTarget, options: ScanStoreOptions): StoreSnapshot {
  const { fs } = host;
  const place = openStorePlace(fs, target);
  const { realDir } = place;
  const era = readEra(fs, target);
  const listed = readSessionsDirectory(fs, place);
  if (listed === undefined) throw noStore(target.indexPath);
  const indexPath = join(realDir, place.indexName);
  const { document, fingerprint } = options.index ?? readStoreIndex(fs, place, { era, directory: listed });
  const directory = discountOwnLinks(fs, realDir, listed);
  const { files } = directory;
  const aliases = findFileAliases(fs, realDir, files);
  const { graph: references, add } = openReferenceGraph(document, {
    place,
    related: relateFiles(files),
    aliases,
  });
  const locks = scanTranscriptLocks(host, realDir, directory);
  const findings: Finding[] = [...document.findings, ...checkFiles(realDir, directory), ...locks.findings];
  const rows: RowFacts[] = [];
  const resolution = { fs, realDir, directory };
  const checking = { document, indexPath, nowMs: options.nowMs };
  for (const row of document.rows) {
    const candidates = transcriptCandidates(row, place);
    const placed = { row, candidates };
    if (row.shadowed) {
      add(placed);
      continue;
    }
    const transcript = resolveTranscript(candidates, row.sessionFile, resolution);
    add(placed, transcript.state === "present" ? transcript.name : undefined);
    const facts = {
      row,
      time: parseRowTime(row.updatedAt),
      transcript,
      locked: isLocked(row.key, candidates),
    };
    rows.push(facts);
    const found = checkRow(facts, candidates, checking);
    if (found.length > 0) findings.push(...found);
  }
  const read = { target, realDir, era: era.era, document, fingerprint };
  return { ...read, rows, files, references, heldLocks: locks.held, findings };

  /** True if somebody holds the lock of a transcript that the row may have, or references. */
  function isLocked(key: string, { inside }: TranscriptCandidates): boolean {
    if (locks.held.size === 0) return false;
    const referenced = references.filesByRow.get(key) ?? [];
    return (
      referenced.some((name) => locks.held.has(name)) ||
      inside.some(({ name }) => locks.held.has(`${name}.lock`))
    );
  }
}
