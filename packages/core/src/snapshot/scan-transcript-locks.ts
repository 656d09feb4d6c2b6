import { join } from "node:path";
import type { Host } from "../disk/host.ts";
import { readWholeFile, type WholeFile } from "../disk/read-bytes.ts";
import type { FileFact, ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { finding, type Finding } from "../findings/finding.ts";
import type { SessionsDirectory } from "./sessions-directory.ts";
import {
  judgeTranscriptLock,
  type LockJudgement,
  parseTranscriptLock,
  type TranscriptLock,
} from "./transcript-lock.ts";

/** OpenClaw writes about 100 bytes. */
const lockLimitBytes = 64 * 1024;

/** The transcript locks of a sessions directory. */
export interface TranscriptLocks {
  /** Names of the lock files that somebody holds. */
  readonly held: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** Reads the lock files of a sessions directory and judges them by the real clock. A lock that can't be read counts as held. */
export function scanTranscriptLocks(
  host: Host,
  realDir: string,
  directory: SessionsDirectory,
): TranscriptLocks {
  const held = new Set<string>();
  const findings: Finding[] = [];
  for (const file of directory.files.values()) {
    if (file.nameClass.kind !== "transcript-lock") continue;
    const path = join(realDir, file.name);
    const reading = readTranscriptLock(host, path, file.fact);
    if (reading === undefined) continue;
    const { lock, judgement } = reading;
    if (judgement.held) held.add(file.name);
    const id = judgement.held ? "transcript-lock-live" : "transcript-lock-stale";
    findings.push(finding(id, { path }, { why: judgement.why, pid: lock?.pid ?? null }));
  }
  for (const name of directory.unreadable.keys()) if (name.endsWith(".jsonl.lock")) held.add(name);
  return { held, findings };
}

/** A lock file, and whether somebody holds it. */
export interface LockReading {
  readonly lock: TranscriptLock | undefined;
  readonly judgement: LockJudgement;
}

/**
 * Reads one lock file and judges it by the real clock; undefined if it is gone meanwhile. One that can't be read counts as held.
 * @param fact what is at the path
 */
export function readTranscriptLock(host: Host, path: string, fact: FileFact): LockReading | undefined {
  const { kind } = fact;
  const content = kind === "file" ? readContent(host.fs, path) : ({ state: "not-a-file", kind } as const);
  if (content.state === "absent") return undefined;
  if (content.state === "failed")
    return { lock: undefined, judgement: { held: true, why: "holder-unknown" } };
  const lock = content.state === "read" ? parseTranscriptLock(content.bytes) : undefined;
  const ageMs = host.clock.now() - Number(fact.mtimeNs / 1_000_000n);
  return { lock, judgement: judgeTranscriptLock(lock, ageMs, host.processes) };
}

function readContent(fs: ReadFs, path: string): WholeFile | { readonly state: "failed" } {
  try {
    return readWholeFile(fs, path, lockLimitBytes);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return { state: "failed" };
  }
}
