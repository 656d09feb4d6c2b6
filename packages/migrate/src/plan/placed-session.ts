import type { FileIdentity, JsonObject, SourceFile } from "@sessionsmith/core";
import type { LegacyBody } from "../legacy-source.ts";
import type { MigratedSession } from "../migrated-session.ts";

/**
 * A session with all that is decided on it. There are as many as sessions while the plan is made, so it holds nothing of what was
 * read that the plan or the report does not need.
 */
export interface PlacedSession {
  /** What the report says of it. */
  readonly migrated: MigratedSession;
  /** The path of its file relative to what is migrated. */
  readonly name: string;
  /** The file as it was read, and where its messages are in it; undefined for a session without one. */
  readonly file: SourceFile | undefined;
  readonly body: LegacyBody | undefined;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly sessionId: string;
  /** The name of its transcript; undefined for a session without messages and without a file. */
  readonly transcript: string | undefined;
  /** True if the transcript has to be made. */
  readonly isWritten: boolean;
  /** The transcript that is there already, as it was seen. */
  readonly seen: FileIdentity | undefined;
  /** The row to be added for each of its keys; undefined if it has its rows already. */
  readonly row: JsonObject | undefined;
}

/** True if something has to be written for the session. */
export function isPending({ migrated }: Pick<PlacedSession, "migrated">): boolean {
  return migrated.outcome === "migrate";
}
