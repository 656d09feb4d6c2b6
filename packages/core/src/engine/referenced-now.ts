import { isStoreError } from "../store-error.ts";
import { addPromptBlobs } from "../snapshot/prompt-blobs.ts";
import { scanStore } from "../snapshot/scan-store.ts";
import type { EngineHost } from "./engine-host.ts";
import type { BeginRecord, StagedRecord } from "./journal-record.ts";

/** The store that a journal is about. */
export interface JournaledStore {
  readonly begin: BeginRecord;
  /** The sessions directory with links resolved. */
  readonly realDir: string;
}

/**
 * Tells whether a row of the index as it is now needs a file. The store is scanned at the first question and not again:
 * the lock is ours. A store that can't be read says nothing about its files, so every one of them may be needed.
 * @param written the index that the operation itself has switched in: its rows need nothing that the plan takes away
 */
export function referencedNow(
  host: EngineHost,
  store: JournaledStore,
  written: Pick<StagedRecord, "sha256"> | undefined,
): (name: string) => boolean {
  let needed: ReadonlySet<string> | "unknown" | undefined;
  return (name) => {
    needed ??= neededFiles(host, store, written);
    return needed === "unknown" || needed.has(name);
  };
}

function neededFiles(
  host: EngineHost,
  store: JournaledStore,
  written: Pick<StagedRecord, "sha256"> | undefined,
): ReadonlySet<string> | "unknown" {
  const { begin, realDir } = store;
  const target = {
    indexPath: begin.indexPath,
    sessionsDir: realDir,
    agentId: begin.agentId,
    origin: "store-flag",
    shared: false,
  } as const;
  try {
    const snapshot = scanStore(host, target, { nowMs: host.clock.now() });
    if (snapshot.fingerprint.sha256 === written?.sha256) return snapshot.references.protectedElsewhere;
    const { references } = addPromptBlobs(host.fs, snapshot);
    return new Set([...references.rowsByFile.keys(), ...references.protectedElsewhere]);
  } catch (error) {
    if (isStoreError(error)) return "unknown";
    throw error;
  }
}
