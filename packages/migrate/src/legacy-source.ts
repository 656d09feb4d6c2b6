import type { Finding, JsonObject, Sequence } from "@sessionsmith/core";
import type { LegacyDialect } from "./legacy-dialect.ts";
import type { LegacyForm } from "./read/legacy-form.ts";

/** One file of a legacy store, and what it was taken for. */
export interface LegacyFile {
  /** Absolute. */
  readonly path: string;
  /** Undefined for a file that belongs to no known dialect; it is left alone. */
  readonly dialect: LegacyDialect | undefined;
  readonly role: "session" | "index" | "map" | "transcript" | "database" | "other";
  /** One sentence without content of the file. */
  readonly why: string;
}

/** One session of a legacy store, not yet read. */
export interface LegacySource {
  readonly dialect: LegacyDialect;
  /** How the store names the session: most often the name of its file. */
  readonly id: string;
  /** The agent that the place of the file tells. */
  readonly agentId: string | undefined;
  /** Keys that an index or a map gives it, as they stand there; the first is the one that counts. */
  readonly keys: readonly string[];
  /** The row of an index, spelled as OpenClaw spells it; undefined if no index has one. */
  readonly row: JsonObject | undefined;
  /** The file with its messages; undefined if there is none. */
  readonly body: LegacyBody | undefined;
  /** The file that tells of the session: that of the body, else the index. Absolute. */
  readonly path: string;
}

/** Where the messages of a session are. */
export interface LegacyBody {
  /** Absolute. */
  readonly path: string;
  /** `openclaw` is a transcript of OpenClaw already, and is copied byte for byte. */
  readonly form: LegacyForm | "openclaw";
  /** Which session of a database. */
  readonly session?: string;
}

/** All that was found under one path. */
export interface LegacyDetection {
  /** What was looked into; absolute. */
  readonly path: string;
  /** The workspace or other directory that this belongs to; names of files are relative to it. */
  readonly root: string;
  /** In order of their paths. */
  readonly files: Sequence<LegacyFile>;
  readonly sources: Sequence<LegacySource>;
  readonly findings: readonly Finding[];
}
