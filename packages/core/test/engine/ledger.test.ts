import { memoryFs, type MemoryFs, writeTree } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { appendLedger, type LedgerRecord, readLedger } from "../../src/engine/ledger.ts";

const path = "/s/ledger.jsonl";
const owner = { uid: 1000, gid: 1000 };
const record = (key: string, changes: object = {}): LedgerRecord => ({
  type: "ended",
  key,
  operation: "o",
  at: 1,
  ...changes,
});

function ledgerOf(text?: string): MemoryFs {
  const fs = memoryFs();
  writeTree(fs, "/s", text === undefined ? { other: "" } : { "ledger.jsonl": text });
  return fs;
}

const textOf = (fs: MemoryFs) =>
  fs.withFile(path, (file) => {
    const buffer = Buffer.alloc(file.fact.size);
    return buffer.toString("utf8", 0, file.read(buffer, 0));
  });

test("lines are added, and read in the order of writing", () => {
  const fs = ledgerOf();
  expect(appendLedger(fs, path, { records: [record("a"), record("ö")], owner })).toBe(true);
  appendLedger(fs, path, { records: [record("b")], owner });
  expect(readLedger(fs, path)).toEqual([record("a"), record("ö"), record("b")]);
  expect(fs.lstat(path)?.mode).toBe(0o600);
});

test("a new ledger belongs to the owner of the store", () => {
  const fs = ledgerOf();
  appendLedger(fs, path, { records: [record("a")], owner: { uid: 7, gid: 8 } });
  expect(fs.lstat(path)).toMatchObject({ uid: 7, gid: 8 });
});

test("a line that a crash cut is closed, and spoils no other", () => {
  const whole = `${JSON.stringify(record("a"))}\n`;
  const torn = JSON.stringify(record("lost"));
  for (let cut = 1; cut < torn.length; cut += 1) {
    const fs = ledgerOf(`${whole}${torn.slice(0, cut)}`);
    appendLedger(fs, path, { records: [record("b")], owner });
    expect(readLedger(fs, path)).toEqual([record("a"), record("b")]);
    expect(textOf(fs)?.startsWith(`${whole}${torn.slice(0, cut)}\n`)).toBe(true);
  }
});

test("what is there already is not added again, unless something came after it", () => {
  const fs = ledgerOf();
  const records = [record("a"), record("b")];
  appendLedger(fs, path, { records, owner });
  const once = textOf(fs);
  expect(appendLedger(fs, path, { records, owner })).toBe(false);
  expect(textOf(fs)).toBe(once);
  expect(appendLedger(fs, path, { records: [], owner })).toBe(false);
});

test("a line that was written twice counts once: its last writing", () => {
  const twice = [record("a"), record("b"), record("a", { at: 2 })].map((one) => JSON.stringify(one));
  expect(readLedger(ledgerOf(`${twice.join("\n")}\n`), path)).toEqual([record("a", { at: 2 }), record("b")]);
});

test("other operations, types and keys are other lines", () => {
  const lines = [record("a"), record("a", { operation: "p" }), record("a", { type: "restored" })];
  expect(readLedger(ledgerOf(lines.map((one) => `${JSON.stringify(one)}\n`).join("")), path)).toEqual(lines);
});

test.each(["[]", "{}", `{"operation":"o"}`, `{"operation":1,"at":1}`, "\0\0\0", "null"])(
  "%j is no line",
  (line) => {
    expect(readLedger(ledgerOf(`${line}\n${JSON.stringify(record("a"))}\n`), path)).toEqual([record("a")]);
  },
);

test("without a ledger there are no lines", () => {
  expect(readLedger(ledgerOf(), path)).toEqual([]);
});
