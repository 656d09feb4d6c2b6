import type { ReadableFile } from "../disk/read-fs.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { isJsonObject, type JsonObject } from "../json-value.ts";
import { writeFully } from "./write-fully.ts";

/** A line of the ledger: what is known of a session that ended, or that an operation was taken back. */
export interface LedgerRecord extends JsonObject {
  readonly operation: string;
  /** Epoch ms of the real clock. */
  readonly at: number;
}

/** Lines to add, and whom a new ledger belongs to. */
export interface LedgerEntries {
  readonly records: Iterable<LedgerRecord>;
  readonly owner: { readonly uid: number; readonly gid: number };
}

/**
 * Adds lines and brings them to stable storage. A line that a crash cut is closed first, so that it spoils no other.
 * Run again after a crash it may add a line twice; a reader takes (operation, type, key) once.
 * @returns false if the last line is the last of `records` already
 */
export function appendLedger(fs: WriteFs, path: string, { records, owner }: LedgerEntries): boolean {
  const lines = Array.from(records, (record) => JSON.stringify(record));
  const last = lines.at(-1);
  if (last === undefined) return false;
  if (fs.lstat(path) === undefined) {
    fs.createFile(path, 0o600, (file) => {
      if (file.fact.uid !== owner.uid) file.setOwner(owner.uid, owner.gid);
    });
  }
  return fs.appendFile(path, (file) => {
    const tail = readTail(file, Buffer.byteLength(last, "utf8") + 2);
    if (`\n${tail}`.endsWith(`\n${last}\n`)) return false;
    const healed = tail === "" || tail.endsWith("\n") ? "" : "\n";
    writeFully(file, Buffer.from(`${healed}${lines.join("\n")}\n`, "utf8"));
    file.sync();
    return true;
  });
}

/** Reads the ledger, each (operation, type, key) once, in the order of writing; cut lines are left out. */
export function readLedger(fs: WriteFs, path: string): readonly LedgerRecord[] {
  const text = fs.withFile(path, (file) => readTail(file, file.fact.size)) ?? "";
  const records = new Map<string, LedgerRecord>();
  for (const line of text.split("\n")) {
    const record = parseRecord(line);
    if (record !== undefined)
      records.set(JSON.stringify([record.operation, record["type"], record["key"]]), record);
  }
  return [...records.values()];
}

function parseRecord(line: string): LedgerRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isLedgerRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isLedgerRecord(value: unknown): value is LedgerRecord {
  return isJsonObject(value) && typeof value["operation"] === "string" && typeof value["at"] === "number";
}

function readTail(file: ReadableFile, limitBytes: number): string {
  const size = Math.min(limitBytes, file.fact.size);
  const buffer = Buffer.alloc(size);
  return buffer.toString("utf8", 0, file.read(buffer, file.fact.size - size));
}
