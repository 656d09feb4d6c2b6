import { join } from "node:path";
import { applyPlan } from "../engine/apply-plan.ts";
import { lookOrFail } from "../layout/disk-error.ts";
import type { Plan } from "../plan/plan.ts";
import { StoreError } from "../store-error.ts";
import { withTranscript } from "../transcripts/transcript-window.ts";
import { requireTranscript, type TranscriptPlace } from "./locate-transcript.ts";
import { type ArchivedTranscript, retireTranscript } from "./retire-transcript.ts";
import { accessStore, requireWritableEra, type StoreAccess } from "./store-access.ts";
import type { StoreOptions } from "./store-options.ts";
import { copyStep, freeBackupName, transcriptSource } from "./transcript-copy.ts";
import type { TranscriptAddress } from "./transcript-options.ts";
import { transcriptPlan } from "./transcript-plan.ts";

/** How a transcript is deleted. */
export interface DeleteOptions extends StoreOptions {
  /** False moves it to the trash instead of an archive beside the index. Default true. */
  readonly archive?: boolean;
}

/**
 * Archives a transcript as `<name>.<reason>.<stamp>`, OpenClaw's names. `bak` makes a copy, and the session goes on;
 * `deleted` and `reset` move the transcript of a session that is over, whose row was taken out of the index before.
 * An operation that survives a crash and can be undone.
 * @throws StoreError E_REFUSED if it would move while a row of any index of the state directory, or a fork, needs it;
 * E_NOT_FOUND if there is no transcript; E_LOCKED, naming the holder; E_STALE_PLAN, E_SQLITE_ERA, E_IO
 */
export async function archiveTranscript(
  address: TranscriptAddress,
  reason: "bak" | "deleted" | "reset",
  options: StoreOptions = {},
): Promise<ArchivedTranscript> {
  if (reason === "bak") return backUpTranscript(address, options);
  return retireTranscript(address, { as: "archive", reason }, options);
}

/**
 * Takes the transcript of a session that is over out of the way: into an archive `.deleted.<stamp>`, or into the trash, where
 * it stays until `sessionsmith trash purge`. An operation that survives a crash and can be undone.
 * @throws StoreError as {@link archiveTranscript}
 */
export async function deleteTranscript(
  address: TranscriptAddress,
  options: DeleteOptions = {},
): Promise<ArchivedTranscript> {
  const { archive = true } = options;
  return retireTranscript(address, archive ? { as: "archive", reason: "deleted" } : { as: "trash" }, options);
}

async function backUpTranscript(
  { storePath, sessionId }: TranscriptAddress,
  options: StoreOptions,
): Promise<ArchivedTranscript> {
  const access = accessStore(storePath, options);
  const { host, lockTimeoutMs } = access;
  requireWritableEra(access);
  const transcript = requireTranscript(access, sessionId);
  const { realDir } = transcript.place;
  const backup = freeBackupName(host, realDir, transcript.name);
  if (backup === undefined) throw nameTooLong(transcript.path);
  const planNow = () => planBackup(access, transcript, backup);
  const { operationId } = await applyPlan(host, planNow(), { replan: planNow, lockTimeoutMs });
  if (operationId === undefined) throw new Error("a backup without a step");
  return { path: join(realDir, backup), operationId };
}

function planBackup(access: StoreAccess, { name, path, place }: TranscriptPlace, backup: string): Plan {
  const source = lookOrFail("E_IO", path, () =>
    withTranscript(access.host.fs, path, (file) => transcriptSource(file, path)),
  );
  if (source === undefined) throw new StoreError("E_NOT_FOUND", `${path} is gone. Nothing was changed.`);
  return transcriptPlan(access, {
    command: "archive transcript",
    realDir: place.realDir,
    policy: { name },
    files: [],
    steps: [copyStep(backup, source, "archive")],
  });
}

function nameTooLong(path: string): StoreError {
  return new StoreError("E_REFUSED", `${path} has too long a name for an archive. Nothing was changed.`, {
    hint: "Copy the file by hand.",
    details: { path },
  });
}
