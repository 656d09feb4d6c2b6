import type {
  FileDestination,
  FileFact,
  JsonObject,
  MakeDirStep,
  NewRow,
  RequiredFile,
  WriteFileStep,
} from "@sessionsmith/core";

/** What an order does to a store: rows, the files that leave with them, transcripts that are written. Plain data. */
export interface SessionsChange {
  /** The word for the list of operations (`patch`). */
  readonly command: string;
  /** What was ordered, as JSON, without conversation text. */
  readonly policy: JsonObject;
  /** Epoch ms. */
  readonly now: number;
  /** What becomes of rows, by session key; all others stay as they are. */
  readonly turns: ReadonlyMap<string, RowTurn>;
  /** Rows that are added at the end of the index. */
  readonly added?: readonly AddedRow[];
  /** Transcripts that are made or replaced. */
  readonly writes?: readonly WriteFileStep[];
  /** Directories of ours that are made first. */
  readonly dirs?: readonly MakeDirStep[];
  /** Files of ours, below `.sessionsmith/`, that go to the trash. */
  readonly retired?: readonly RetiredFile[];
  /** What must still be true of files when the index is switched. */
  readonly requires?: readonly RequiredFile[];
}

/** What becomes of one row. */
export interface RowTurn {
  readonly action: "change" | "delete";
  /** Why, as a stable word. */
  readonly reason: string;
  /** New values of fields of a row that stays. */
  readonly fields?: JsonObject;
  /** Names of fields that go; a name that is not there is passed over. */
  readonly cleared?: readonly string[];
  /** Given if the row lets go of its files: where its transcripts go. Sidecars then go to the trash. */
  readonly transcriptsTo?: FileDestination;
  /** True if the session ends with it: then the ledger gets a record. */
  readonly ends?: boolean;
}

/** A row that is added. */
export interface AddedRow extends NewRow {
  readonly reason: string;
}

/** A file of ours that goes to the trash. */
export interface RetiredFile {
  /** Relative to the sessions directory. */
  readonly name: string;
  readonly fact: FileFact;
  /** Why, as a stable word. */
  readonly reason: string;
}
