import { basename, join } from "node:path";
import { fileIdentity, readTranscriptLock, type Step, type StoreFile } from "@sessionsmith/core";
import { isPlainFile } from "../claimed-files.ts";
import type { Mend, Unmended } from "../repair-domain.ts";
import type { RepairRequest } from "../repair-request.ts";
import { type RepairStore, withPlanned } from "../repair-store.ts";

/**
 * Takes away locks that nobody holds: of transcripts, and of the index as early releases had it. A lock whose process lives, or of which
 * that can't be told, stays. A directory in the place of a lock stays too: it is no file that could be kept.
 */
export function repairLocks(store: RepairStore, { host }: RepairRequest): RepairStore {
  const { snapshot } = store;
  const locks = [...snapshot.files.values()].filter((file) => isLock(file, store));
  const mends: Mend[] = [];
  const unmended: Unmended[] = [];
  const retired: StoreFile[] = [];
  for (const file of locks) {
    const { name, fact } = file;
    const reading = readTranscriptLock(host, join(snapshot.realDir, name), fact);
    if (reading === undefined) continue;
    const { lock, judgement } = reading;
    const holder = lock === undefined ? [] : [`process:${lock.pid}`];
    const reasons = [judgement.why, ...holder];
    if (judgement.held || !isPlainFile(store, file)) {
      const why = judgement.held ? reasons : ["not-a-plain-file"];
      unmended.push({ domain: "locks", what: "lock-stays", file: name, reasons: why });
      continue;
    }
    retired.push(file);
    mends.push({ domain: "locks", what: "lock-retired", file: name, reasons });
  }
  const files = retired.map(
    ({ name, fact }) => ({ name, action: "trash", reasons: ["lock-stale"], size: fact.size }) as const,
  );
  return withPlanned(store, { steps: retired.map(retire), files, mends, unmended });
}

function isLock({ name, nameClass }: StoreFile, { target }: RepairStore): boolean {
  return nameClass.kind === "transcript-lock" || name === `${basename(target.indexPath)}.lock`;
}

function retire({ name, fact }: StoreFile): Step {
  return {
    kind: "move-file",
    phase: "retire",
    from: name,
    to: { as: "trash" },
    expect: fileIdentity(fact),
    reason: "lock-stale",
  };
}
