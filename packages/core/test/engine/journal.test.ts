import { type Fault, fromState, type MemoryFs, memoryFs, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { formatJournalLine } from "../../src/engine/journal-line.ts";
import type { EndRecord, JournalRecord, ReadyRecord } from "../../src/engine/journal-record.ts";
import { appendJournal, createJournal, healJournal, readJournal } from "../../src/engine/journal.ts";

const path = "/s/journal.jsonl";
const ready: ReadyRecord = { type: "ready" };
const end: EndRecord = { type: "end", state: "done", endedAt: 5, warnings: ["naïve \n line"] };
const lineOf = (record: object) => [...formatJournalLine(record)].join("");

function journalOf(content: string | Uint8Array): MemoryFs {
  const fs = memoryFs();
  writeTree(fs, "/s", { "journal.jsonl": content });
  return fs;
}

test("what is created and appended is read back, and is on stable storage", () => {
  const fs = memoryFs();
  writeTree(fs, "/s", {});
  createJournal(fs, path, { records: [ready], owner: { uid: 1000, gid: 1000 } });
  fs.syncDir("/");
  fs.syncDir("/s");
  appendJournal(fs, path, [end]);
  expect(readJournal(fs, path)).toMatchObject({ records: [ready, end], torn: false });
  expect([...fs.durableStates()]).toHaveLength(1);
});

test("what did not get there whole is cut off, so that the next record stands on a line of its own", () => {
  const before = journalOf(lineOf(ready)).state();
  let writes = 0;
  const full: Fault = ({ name }) => {
    if (name !== "write") return undefined;
    writes += 1;
    return writes === 1 ? "short-write" : { errno: "ENOSPC" };
  };
  const fs = fromState(before, { fault: full });
  expect(() => appendJournal(fs, path, [end])).toThrow("ENOSPC");
  expect(writes).toBe(2);
  const healed = fromState(fs.state());
  appendJournal(healed, path, [{ type: "roll-back" }]);
  expect(readJournal(healed, path)?.records).toEqual([ready, { type: "roll-back" }]);
});

test("an intent of several megabytes is read back whole", () => {
  const fs = journalOf("");
  const records = Array.from({ length: 50 }, (_, n): EndRecord => {
    return { ...end, endedAt: n, warnings: ["ä".repeat(60_000 + n)] };
  });
  createJournal(fs, "/s/large.jsonl", { records, owner: { uid: 1000, gid: 1000 } });
  expect(readJournal(fs, "/s/large.jsonl")).toMatchObject({ records, torn: false });
});

test("a journal of somebody else's store becomes theirs", () => {
  const fs = journalOf("");
  createJournal(fs, "/s/other.jsonl", { records: [], owner: { uid: 7, gid: 8 } });
  expect(fs.lstat("/s/other.jsonl")).toMatchObject({ uid: 7, gid: 8, mode: 0o600 });
});

test("there is none", () => {
  expect(readJournal(memoryFs(), path)).toBeUndefined();
});

describe("a tail that a crash left", () => {
  const whole = Buffer.from(lineOf(ready));
  const last = Buffer.from(lineOf(end));
  const cuts = Array.from({ length: last.length }, (_, n) => n);

  test("cut anywhere: what is before it counts, and healing takes it off", () => {
    for (const cut of cuts.slice(1)) {
      const fs = journalOf(Buffer.concat([whole, last.subarray(0, cut)]));
      const read = readJournal(fs, path);
      expect(read).toEqual({ records: [ready], validBytes: whole.length, torn: true });
      if (read !== undefined) healJournal(fs, path, read);
      appendJournal(fs, path, [end]);
      expect(readJournal(fs, path)).toMatchObject({ records: [ready, end], torn: false });
    }
  });

  test("filled with zeros from anywhere", () => {
    for (const cut of cuts) {
      const zeros = Buffer.alloc(last.length - cut);
      const fs = journalOf(Buffer.concat([whole, last.subarray(0, cut), zeros]));
      expect(readJournal(fs, path)).toEqual({ records: [ready], validBytes: whole.length, torn: true });
    }
  });

  test("of several damaged lines", () => {
    const fs = journalOf(Buffer.concat([whole, Buffer.from("x\ny\nz")]));
    expect(readJournal(fs, path)).toMatchObject({ validBytes: whole.length, torn: true });
  });

  test("a whole journal is not touched by healing", () => {
    const fs = journalOf(whole);
    const read = readJournal(fs, path);
    const calls = fs.mutations();
    if (read !== undefined) healJournal(fs, path, read);
    expect(fs.mutations()).toBe(calls);
  });
});

describe("E_JOURNAL_PENDING", () => {
  test("for a damaged line before a whole one, with its offset", () => {
    const damaged = lineOf(ready).replace("ready", "reedy");
    const fs = journalOf(`${lineOf(ready)}${damaged}${lineOf(end)}`);
    expect(() => readJournal(fs, path)).toThrow(
      expect.objectContaining({
        code: "E_JOURNAL_PENDING",
        details: { path, offset: lineOf(ready).length },
        message: expect.stringContaining(`${path} is damaged at byte ${lineOf(ready).length}`),
      }),
    );
  });

  test.each<[string, object]>([
    ["a newer schema", { type: "begin", schemaVersion: 2 }],
    ["a type that is not known", { type: "later" }],
    ["no object", []],
  ])("for %s", (_name, record) => {
    expect(() => readJournal(journalOf(lineOf(record)), path)).toThrow(
      expect.objectContaining({ code: "E_JOURNAL_PENDING", details: { path } }),
    );
  });
});

test("records keep their order", () => {
  const records: readonly JournalRecord[] = [ready, { type: "roll-back" }, end];
  expect(readJournal(journalOf(records.map(lineOf).join("")), path)?.records).toEqual(records);
});
