import { join } from "node:path";
import {
  type FileIdentity,
  fileIdentity,
  type Finding,
  finding,
  type IndexRow,
  type ReadFs,
} from "@sessionsmith/core";
import type { KeptArchives } from "./kept-archives.ts";
import type { MigrationTarget } from "./migration-target.ts";

/** Where a session goes in a store, or why it does not go there. */
export interface SessionPlace {
  readonly sessionId: string;
  /** The name of its transcript; undefined for a session without messages and without a file. */
  readonly transcript: string | undefined;
  /**
   * `write`: the transcript has to be made. `there`: it is there, made of this very file. `changed`: it was made of another
   * content of it. `moved-on`: it was brought in, and was compacted, encrypted or reset since, so it can't be compared any more.
   */
  readonly state: "write" | "there" | "changed" | "moved-on";
  /** The transcript that is there, as it was seen. */
  readonly seen: FileIdentity | undefined;
  readonly findings: readonly Finding[];
}

/** What a place is looked for in. */
export interface Placing {
  readonly fs: ReadFs;
  readonly target: MigrationTarget;
  /** The path of the session's file relative to what is migrated. */
  readonly name: string;
  /** Tells whether another session of this migration has this id in this store, or may get it. */
  readonly isTaken: (sessionId: string) => boolean;
  /** True if another session of this migration, which has the same file, copies it. */
  readonly isCopied: boolean;
  /** The archives of the target, by transcript. */
  readonly archives: ReadonlyMap<string, KeptArchives>;
  /** Finds what stands in the target under a key that this session would get. */
  readonly rowsOfItsKeys: () => readonly IndexRow[];
}

/** The transcript that is there, as it is now. */
export function seenAs(transcript: string | undefined, { fs, target }: Placing): FileIdentity | undefined {
  const isThere = transcript !== undefined && target.names.has(transcript);
  const fact = isThere ? fs.lstat(join(target.store.realDir, transcript)) : undefined;
  return fact && fileIdentity(fact);
}

/** Says why a session that is in the store is left alone. */
export function leftFindings(
  state: SessionPlace["state"],
  place: Finding["place"],
  details: Finding["details"],
): readonly Finding[] {
  if (state === "changed") return [finding("legacy-source-changed", place, details)];
  return state === "moved-on" ? [finding("legacy-session-moved-on", place, details)] : [];
}
