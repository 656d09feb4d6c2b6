import type { JsonObject } from "../json-value.ts";

/** One record of a transcript, and where it stands. */
export interface StoredLine {
  /**
   * Grows from line to line, and stays as it is until the transcript is rewritten: the byte offset of the line in a file, the
   * sequence number in a database.
   */
  readonly at: number;
  /** As it is stored. */
  readonly record: JsonObject;
}

/**
 * The records of one transcript, the header left out, as they were when it was opened. It is of use only while the function
 * runs that got it. Lines that are no records (blank, torn, too long) are passed over. Both read as far as they are asked to.
 */
export interface TranscriptReader {
  newestFirst(): Iterable<StoredLine>;
  oldestFirst(): Iterable<StoredLine>;
}
