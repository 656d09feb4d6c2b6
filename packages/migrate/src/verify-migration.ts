import { dirname, join } from "node:path";
import {
  HeldFiles,
  type Host,
  longList,
  parseRecord,
  type ReadableFile,
  type ReadFs,
  scanLines,
  type Sequence,
  viewOf,
} from "@sessionsmith/core";
import { messageDigest, saidAfter, saidBefore } from "./content/message-digest.ts";
import type { LegacySource } from "./legacy-source.ts";
import type { MigratedSession } from "./migrated-session.ts";
import type { MigrationRequest } from "./migration-request.ts";
import { planMigration } from "./plan-migration.ts";
import { readItems } from "./read/read-items.ts";

/** How a legacy session and its session in the store compare. */
export interface VerifiedSession {
  readonly session: MigratedSession;
  /**
   * `same`: it has a row, and its transcript begins with all the messages of the legacy session.
   * `missing`: it is not in the store. `differs`: a message is another one, or is not there.
   * `left`: it could not be migrated, or it has changed since, here or in the store, and can't be compared. `duplicate`: another file has all of it.
   */
  readonly verdict: "same" | "missing" | "differs" | "left" | "duplicate";
  /** For `differs`: which message is the first that differs, counted from 1. */
  readonly firstDifference: number | undefined;
}

/**
 * Compares every legacy session with what the stores hold, message by message, by digests of what the messages say. Works from
 * the parsed content of both sides and not from what was planned. Reads only.
 * @throws StoreError as {@link planMigration} does
 */
export function verifyMigration(
  host: Host,
  request: Omit<MigrationRequest, "backup">,
): Sequence<VerifiedSession> {
  const { detection, sessions } = planMigration(host, { ...request, backup: "none" });
  // Both are in order of their files.
  const sources = detection.sources[Symbol.iterator]();
  const held = new HeldFiles();
  return longList(
    viewOf(sessions, (session) => {
      const { value: source } = sources.next();
      if (source?.path !== session.path || source.id !== session.legacyId)
        throw new Error("a session without its source");
      return verifySession(host.fs, session, { source, held });
    }),
  );
}

interface Original {
  readonly source: LegacySource;
  /** What was read last: the sessions of a database come from one file. */
  readonly held: HeldFiles;
}

function verifySession(fs: ReadFs, session: MigratedSession, original: Original): VerifiedSession {
  const { source } = original;
  const { outcome, transcript, storePath } = session;
  const judged = (verdict: VerifiedSession["verdict"]) => ({ session, verdict, firstDifference: undefined });
  if (outcome === "migrate") return judged("missing");
  if (outcome !== "there") return judged(outcome);
  // A transcript of OpenClaw was copied, and compared byte for byte when it was found there.
  if (transcript === undefined || storePath === undefined || source.body?.form === "openclaw")
    return judged("same");
  const difference = firstDifference(fs, original, join(dirname(storePath), transcript));
  if (difference === undefined) return judged("same");
  return { session, verdict: "differs", firstDifference: difference };
}

function firstDifference(
  fs: ReadFs,
  { source: { body }, held }: Original,
  transcript: string,
): number | undefined {
  if (body === undefined || body.form === "openclaw") return undefined;
  const { path, form, session } = body;
  return fs.withFile(path, (before) =>
    fs.withFile(transcript, (after) => {
      const present = digestsAfter(after);
      let number = 0;
      for (const item of readItems(form === "clodds" ? held.hold(before) : before, { form, session })) {
        if (item.kind !== "message") continue;
        number += 1;
        const next = present.next();
        if (next.done === true || next.value !== messageDigest(saidBefore(item.message))) return number;
      }
      return undefined;
    }),
  );
}

function* digestsAfter(file: ReadableFile): Generator<string, void> {
  for (const { bytes } of scanLines(file)) {
    const parsed = bytes === undefined ? undefined : parseRecord(bytes);
    const said = parsed?.ok === true ? saidAfter(parsed.record) : undefined;
    if (said !== undefined) yield messageDigest(said);
  }
}
