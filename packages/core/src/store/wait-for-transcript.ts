import type { EngineHost } from "../engine/engine-host.ts";
import { lookOrFail } from "../layout/disk-error.ts";
import { type LockReading, readTranscriptLock } from "../snapshot/scan-transcript-locks.ts";
import { StoreError } from "../store-error.ts";

const pollMs = 50;

/**
 * Waits until nobody holds OpenClaw's lock of a transcript (`<transcript>.lock`). A lock whose holder is gone is left where it is.
 * @param path absolute path of the transcript
 * @throws StoreError E_LOCKED after the timeout, naming the holder
 */
export async function waitForTranscript(host: EngineHost, path: string, timeoutMs: number): Promise<void> {
  const deadline = host.clock.now() + timeoutMs;
  for (let holder = holderOf(host, path); holder !== undefined; holder = holderOf(host, path)) {
    if (host.clock.now() >= deadline) throw transcriptLocked(path, holder);
    // oxlint-disable-next-line no-await-in-loop -- waiting is what this loop is for
    await host.sleep(pollMs);
  }
}

/** @throws StoreError E_LOCKED if somebody holds the lock of a transcript now */
export function requireUnlocked(host: EngineHost, path: string): void {
  const holder = holderOf(host, path);
  if (holder !== undefined) throw transcriptLocked(path, holder);
}

function holderOf(host: EngineHost, path: string): LockReading | undefined {
  const lockPath = `${path}.lock`;
  return lookOrFail("E_IO", lockPath, () => {
    const fact = host.fs.lstat(lockPath);
    const reading = fact === undefined ? undefined : readTranscriptLock(host, lockPath, fact);
    return reading?.judgement.held === true ? reading : undefined;
  });
}

function transcriptLocked(path: string, { lock, judgement }: LockReading): StoreError {
  const since = lock?.createdAt === undefined ? "" : ` since ${lock.createdAt}`;
  const who = lock === undefined ? "a process that is not named" : `process ${lock.pid}${since}`;
  return new StoreError("E_LOCKED", `${path} is locked by ${who}. Nothing was changed.`, {
    hint: "Wait until it has finished, and try again.",
    details: { path, pid: lock?.pid ?? null, why: judgement.why },
  });
}
