import type { WritableFile, WriteFs } from "../disk/write-fs.ts";
import { StoreError } from "../store-error.ts";
import { cleanUpAfter } from "./clean-up-after.ts";
import { formatJournalLine, parseJournalLine } from "./journal-line.ts";
import type { JournalRecord } from "./journal-record.ts";
import { parseJournalRecord } from "./parse-journal-record.ts";
import { writeFully } from "./write-fully.ts";

/** What a new journal holds, and whom it belongs to. */
export interface JournalIntent {
  readonly records: Iterable<JournalRecord>;
  readonly owner: { readonly uid: number; readonly gid: number };
}

/** Creates the journal with its intent, and brings it to stable storage at once. */
export function createJournal(fs: WriteFs, path: string, { records, owner }: JournalIntent): void {
  fs.createFile(path, 0o600, (file) => {
    if (file.fact.uid !== owner.uid) file.setOwner(owner.uid, owner.gid);
    writeRecords(file, records);
    file.sync();
  });
}

/**
 * Adds records and brings them to stable storage. If they don't all get there, what did is cut off again: the disk is full, and the
 * record that says so needs the room, and a line of its own.
 */
export function appendJournal(fs: WriteFs, path: string, records: readonly JournalRecord[]): void {
  fs.appendFile(path, (file) => {
    const { size } = file.fact;
    try {
      writeRecords(file, records);
      file.sync();
    } catch (error) {
      throw cleanUpAfter(error, () => file.truncate(size));
    }
  });
}

/** What a journal says, and how much of it is whole. */
export interface JournalRead {
  readonly records: readonly JournalRecord[];
  /** Bytes up to the end of the last whole line; what follows was cut by a crash. */
  readonly validBytes: number;
  readonly torn: boolean;
}

/**
 * Reads a journal up to the last whole line; `undefined` if there is none.
 * @throws StoreError E_JOURNAL_PENDING if a damaged line is followed by a whole one, or the journal is of a newer version
 */
export function readJournal(fs: WriteFs, path: string): JournalRead | undefined {
  const bytes = fs.withFile(path, (file) => {
    const buffer = Buffer.alloc(file.fact.size);
    return buffer.subarray(0, file.read(buffer, 0));
  });
  if (bytes === undefined) return undefined;
  return decode(bytes, path);
}

/** Cuts a torn tail off, so that what is appended next stands on a line of its own. */
export function healJournal(fs: WriteFs, path: string, journal: JournalRead): void {
  if (!journal.torn) return;
  fs.appendFile(path, (file) => {
    file.truncate(journal.validBytes);
    file.sync();
  });
}

/**
 * Characters that are gathered before they are written: the intent of a large operation never becomes one string, nor does a
 * line of it. A crash between two writes leaves what one inside a write does: a torn line.
 */
const writtenAtOnce = 2 ** 16;

function writeRecords(file: WritableFile, records: Iterable<JournalRecord>): void {
  let pending = "";
  for (const record of records) {
    for (const part of formatJournalLine(record)) {
      pending += part;
      if (pending.length < writtenAtOnce) continue;
      writeFully(file, Buffer.from(pending, "utf8"));
      pending = "";
    }
  }
  if (pending !== "") writeFully(file, Buffer.from(pending, "utf8"));
}

function decode(bytes: Buffer, path: string): JournalRead {
  const records: JournalRecord[] = [];
  let validBytes = 0;
  let damagedAt: number | undefined;
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const text = newline === -1 ? undefined : parseJournalLine(bytes.toString("utf8", start, end));
    if (text === undefined) {
      damagedAt ??= start;
    } else if (damagedAt === undefined) {
      records.push(parseJournalRecord(text, path));
      validBytes = end + 1;
    } else {
      throw damagedInTheMiddle(path, damagedAt);
    }
    start = end + 1;
  }
  return { records, validBytes, torn: damagedAt !== undefined };
}

function damagedInTheMiddle(path: string, offset: number): StoreError {
  return new StoreError(
    "E_JOURNAL_PENDING",
    `The journal ${path} is damaged at byte ${offset}, before its end. Nothing was changed.`,
    {
      hint: "A disk error or another program changed it. Copy the sessions directory, then move this operation's folder away to go on without it.",
      details: { path, offset },
    },
  );
}
