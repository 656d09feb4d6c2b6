import type { JsonObject } from "@sessionsmith/core";

/** A session that an export holds. */
export interface ImportedSession {
  readonly key: string;
  readonly agentId: string;
  readonly sessionId: string | undefined;
  /** The row, with the names that the store had it under. */
  readonly entry: JsonObject;
  readonly transcript: ImportedTranscript | undefined;
}

/** A transcript that an export holds. */
export interface ImportedTranscript {
  /** Its name in the sessions directory that it comes from. */
  readonly name: string;
  /** Bytes, and the hash of them in lower-case hex. */
  readonly size: number;
  readonly sha256: string;
  /** Its lines without their line feeds, read anew each time. */
  readonly lines: () => Iterable<Buffer>;
  /** True if the last line has no line feed. */
  readonly unterminated: boolean;
}

/** Something in an export that is not brought in. */
export interface ImportTrouble {
  /** 1-based line of the file, or the position of the session in a JSON document. */
  readonly line: number;
  /** One sentence without content of the file. */
  readonly problem: string;
}

/** All that an export holds. */
export interface ReadExport {
  readonly sessions: readonly ImportedSession[];
  readonly troubles: readonly ImportTrouble[];
}
