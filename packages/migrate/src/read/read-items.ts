import { lookAtBytes, type ReadableFile, type LegacyItem, readJsonLines } from "@sessionsmith/core";
import type { LegacyForm } from "./legacy-form.ts";
import { readCloddsSession } from "../clodds/read-clodds-session.ts";
import { readJsonBody } from "./read-json-body.ts";
import { readLogLines } from "./read-log-lines.ts";
import { readTextLines } from "./read-text-lines.ts";

/** Bytes of a JSON body that are held in memory; a larger file is reported and left. */
const bodyLimitBytes = 512 * 2 ** 20;

/** What of a legacy file is read, and how. */
export interface LegacyContent {
  readonly form: LegacyForm;
  /** Which session of a database. */
  readonly session?: string | undefined;
}

/**
 * Reads the content of a legacy file, piece by piece. Never throws for what the file holds.
 * @throws StoreError E_SQLITE_UNAVAILABLE for a database if there is no SQLite library
 */
export function readItems(file: ReadableFile, { form, session = "" }: LegacyContent): Iterable<LegacyItem> {
  switch (form) {
    case "json":
      return file.fact.size > bodyLimitBytes ? [tooLarge] : readJsonBody(lookAtBytes(file));
    case "lines":
      return readJsonLines(file);
    case "text":
      return readTextLines(file);
    case "log":
      return readLogLines(file);
    case "clodds":
      return readCloddsSession(file, session);
  }
}

const tooLarge: LegacyItem = {
  kind: "trouble",
  trouble: { id: "legacy-unreadable", problem: "the file is larger than 512 MiB" },
};
