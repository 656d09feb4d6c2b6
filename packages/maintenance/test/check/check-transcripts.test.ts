import { finding, nodeHost, type TranscriptHealth } from "@sessionsmith/core";
import { memoryFs, writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { checkTranscripts } from "../../src/check/check-transcripts.ts";
import { readTranscriptFacts } from "../../src/check/transcript-facts.ts";
import { now } from "../snapshot-builder.ts";
import { aSurvey } from "./survey-builder.ts";

const survey = aSurvey({
  rows: { main: { sessionId: "s1", updatedAt: now } },
  files: { "s1.jsonl": {}, "o.jsonl": {} },
});
const path = `${survey.realDir}/s1.jsonl`;
const torn: TranscriptHealth = {
  state: "looked-at",
  whole: true,
  isTranscript: true,
  troubles: [
    { id: "transcript-line-damaged", line: 2, offset: 20, count: 3, lines: [2, 4, 5] },
    { id: "transcript-torn-tail", line: 9, offset: 90, count: 1, lines: [9] },
  ],
};

function findings(healths: Readonly<Record<string, TranscriptHealth>>, changes: Partial<typeof survey> = {}) {
  const transcripts = { healths: new Map(Object.entries(healths)), total: 2 };
  return checkTranscripts({ survey: { ...survey, ...changes }, transcripts, deep: true, now });
}

describe("checkTranscripts", () => {
  test("makes a finding of each kind of trouble, with its first place", () => {
    expect(findings({ "s1.jsonl": torn })).toEqual([
      finding("transcript-line-damaged", { path, line: 2, offset: 20 }, { count: 3, lines: [2, 4, 5] }),
      finding("transcript-torn-tail", { path, line: 9, offset: 90 }),
    ]);
  });

  test("says nothing of what a writer is about to finish", () => {
    const heldLocks = new Set(["s1.jsonl.lock"]);
    expect(findings({ "s1.jsonl": torn }, { heldLocks }).map(({ id }) => id)).toEqual([
      "transcript-line-damaged",
    ]);
  });

  test("leaves the files of other programs alone, unless a row names them", () => {
    const foreign = { ...torn, isTranscript: false };
    expect(findings({ "o.jsonl": foreign })).toEqual([]);
    expect(findings({ "s1.jsonl": foreign })).toHaveLength(2);
    expect(findings({ "o.jsonl": torn })).toHaveLength(2);
  });

  test("a transcript that can't be read is a finding", () => {
    expect(findings({ "s1.jsonl": { state: "unreadable", errno: "EIO" } })).toEqual([
      finding("transcript-unreadable", { path }, { errno: "EIO" }),
    ]);
  });
});

describe("readTranscriptFacts", () => {
  const header = `{"type":"session","version":3,"id":"s1"}\n`;

  test("looks at both ends, and at everything where an end looks odd or all is asked for", () => {
    const fs = memoryFs();
    writeTree(fs, survey.realDir, {
      "s1.jsonl": `${header}oops\n{}\n`,
      "o.jsonl": `oops\n${header}`,
    });
    const shallow = readTranscriptFacts(fs, survey, { deep: false });
    expect(shallow).toMatchObject({ total: 2 });
    expect([...shallow.healths]).toMatchObject([
      ["o.jsonl", { whole: true, troubles: [{ id: "transcript-line-damaged", line: 1 }] }],
      ["s1.jsonl", { whole: false, troubles: [] }],
    ]);
    const seen: unknown[] = [];
    const deep = readTranscriptFacts(fs, survey, {
      deep: true,
      onProgress: (progress) => seen.push(progress),
    });
    expect(deep.healths.get("s1.jsonl")).toMatchObject({ whole: true, troubles: [{ line: 2 }] });
    expect(seen).toEqual([
      { done: 100, total: 200 },
      { done: 200, total: 200 },
    ]);
  });

  test("leaves out what is gone", () => {
    expect(readTranscriptFacts(nodeHost().fs, survey, { deep: true }).healths.size).toBe(0);
  });

  test("of very many, those that were written last", () => {
    const names = Array.from({ length: 2100 }, (_, n) => `t${n}.jsonl`);
    const fs = memoryFs();
    writeTree(fs, survey.realDir, Object.fromEntries(names.map((name) => [name, header])));
    const files = Object.fromEntries(names.map((name, n) => [name, { mtimeNs: BigInt(n) * 1_000_000n }]));
    const facts = readTranscriptFacts(fs, aSurvey({ files }), { deep: false });
    expect({ looked: facts.healths.size, total: facts.total }).toEqual({ looked: 2000, total: 2100 });
    expect(facts.healths.has("t99.jsonl")).toBe(false);
    expect(facts.healths.has("t100.jsonl")).toBe(true);
  });
});
