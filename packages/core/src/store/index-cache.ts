import type { Host } from "../disk/host.ts";
import type { FileFact, ReadFs } from "../disk/read-fs.ts";
import type { StoreEra } from "../layout/era.ts";
import type { IndexDocument } from "../session-index/index-document.ts";

/** How often reads were answered from memory. */
export interface SessionStoreCacheStats {
  /** Reads that took no more than a look at the index file. */
  readonly hits: number;
  /** Reads for which the index was read: it was not known, had changed, or had been known for too long. */
  readonly misses: number;
  /** Indexes that were forgotten because the file had changed, or because somebody asked for it. */
  readonly invalidations: number;
}

/** An index that was read. */
export interface CachedIndex {
  readonly document: IndexDocument;
  readonly era: StoreEra;
  readonly identity: FileIdentityFact;
}

type FileIdentityFact = Pick<FileFact, "dev" | "ino" | "size" | "mtimeNs">;

interface IndexCache {
  /** By absolute path; the one that was read longest ago comes first. */
  readonly indexes: Map<string, CachedIndex & { readonly readAtMs: number }>;
  readonly stats: { hits: number; misses: number; invalidations: number };
}

const defaultTtlMs = 45_000;
const mostIndexes = 64;

/** One cache for each file system, so that tests with disks of their own never meet. */
const caches = new WeakMap<ReadFs, IndexCache>();

/**
 * Returns an index that was read before if the file is still the same by device, inode, size and time, and was read less
 * than 45 s ago (`OPENCLAW_SESSION_CACHE_TTL_MS`; 0 turns the cache off); else reads it. What is kept are the bytes of
 * the index and the places of its rows: callers get rows that are parsed for them alone.
 */
export function cachedIndex(
  { fs, clock, env }: Pick<Host, "clock" | "env" | "fs">,
  indexPath: string,
  read: () => CachedIndex,
): CachedIndex {
  const ttlMs = cacheTtlMs(env);
  if (ttlMs === 0) return read();
  const { indexes, stats } = cacheOf(fs);
  const now = clock.now();
  const known = indexes.get(indexPath);
  if (known !== undefined) {
    const ageMs = now - known.readAtMs;
    const isSame = isUnchanged(fs, indexPath, known.identity);
    if (isSame && ageMs >= 0 && ageMs < ttlMs) {
      stats.hits += 1;
      return known;
    }
    indexes.delete(indexPath);
    if (!isSame) stats.invalidations += 1;
  }
  stats.misses += 1;
  const found = read();
  const [oldest] = indexes.keys();
  if (indexes.size >= mostIndexes && oldest !== undefined) indexes.delete(oldest);
  indexes.set(indexPath, { ...found, readAtMs: now });
  return found;
}

/** Forgets one index, or all of a file system. */
export function forgetIndexes(fs: ReadFs, indexPath?: string): void {
  const { indexes, stats } = cacheOf(fs);
  if (indexPath === undefined) {
    stats.invalidations += indexes.size;
    indexes.clear();
  } else if (indexes.delete(indexPath)) stats.invalidations += 1;
}

/** The figures of a file system's cache since the program started. */
export function cacheStatsOf(fs: ReadFs): SessionStoreCacheStats {
  return { ...cacheOf(fs).stats };
}

function cacheOf(fs: ReadFs): IndexCache {
  const known = caches.get(fs);
  if (known !== undefined) return known;
  const cache: IndexCache = { indexes: new Map(), stats: { hits: 0, misses: 0, invalidations: 0 } };
  caches.set(fs, cache);
  return cache;
}

/** A value that is no whole number of milliseconds is passed over, as OpenClaw 2026.5.28 does it. */
function cacheTtlMs(env: Host["env"]): number {
  const text = env["OPENCLAW_SESSION_CACHE_TTL_MS"]?.trim();
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : defaultTtlMs;
}

function isUnchanged(fs: ReadFs, path: string, known: FileIdentityFact): boolean {
  const fact = fs.lstat(path);
  return (
    fact !== undefined &&
    fact.dev === known.dev &&
    fact.ino === known.ino &&
    fact.size === known.size &&
    fact.mtimeNs === known.mtimeNs
  );
}
