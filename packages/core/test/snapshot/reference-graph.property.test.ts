import { array, assert, constantFrom, option, property, record } from "fast-check";
import { expect, test } from "vitest";
import { classifyFileName } from "../../src/layout/classify-file-name.ts";
import { scanIndex } from "../../src/session-index/scan-index.ts";
import { buildReferenceGraph, type ReferenceGraph } from "../../src/snapshot/reference-graph.ts";
import { relateFiles } from "../../src/snapshot/related-files.ts";
import type { StoreFile } from "../../src/snapshot/store-file.ts";
import type { StorePlace } from "../../src/snapshot/store-place.ts";
import { placeRows } from "../../src/snapshot/transcript-candidates.ts";
import { bytesFile } from "../transcripts/bytes-file.ts";

const { fact } = bytesFile("");
const place: StorePlace = {
  sessionsDir: "/s",
  realDir: "/s",
  indexName: "sessions.json",
  whatIs: () => "elsewhere",
};
const id = constantFrom("a", "b", "a_b", "b-topic-1", "x");
const name = constantFrom<string[]>(
  "a.jsonl",
  "b.jsonl",
  "a_b.jsonl",
  "b-topic-1.jsonl",
  "x.trajectory.jsonl",
  "c.jsonl",
);
const row = record({ sessionId: option(id), sessionFile: option(name), usageFamilySessionIds: array(id) });

function graphOf(rows: readonly unknown[], names: readonly string[]): ReferenceGraph {
  const text = rows.map((value, index) => `"k${index % 3}":${JSON.stringify(value)}`).join(",");
  const scan = scanIndex(Buffer.from(`{${text}}`), "/s/sessions.json");
  if (!scan.readable) throw new Error("the index of the test is not readable");
  const files = new Map(
    names.map((each): [string, StoreFile] => [each, { name: each, fact, nameClass: classifyFileName(each) }]),
  );
  return buildReferenceGraph(scan.document, placeRows(scan.document, place), {
    place,
    related: relateFiles(files),
    aliases: { any: false, of: (each) => [each], at: () => [] },
  });
}

test("both directions say the same, name only what exists, and name nothing twice", () => {
  assert(
    property(array(row), array(name), (rows, names) => {
      const { rowsByFile, filesByRow } = graphOf(rows, names);
      const pairs = [...filesByRow].flatMap(([key, files]) => files.map((file) => `${key} ${file}`));
      const inverse = [...rowsByFile].flatMap(([file, keys]) => keys.map((key) => `${key} ${file}`));
      expect(pairs.toSorted()).toEqual(inverse.toSorted());
      expect(new Set(pairs).size).toBe(pairs.length);
      expect([...rowsByFile.keys()].filter((file) => !names.includes(file))).toEqual([]);
    }),
  );
});

test("a further row never takes a protection away, in whatever place it stands", () => {
  assert(
    property(array(row), row, array(name), (rows, more, names) => {
      const before = graphOf(rows, names).rowsByFile;
      for (const after of [
        graphOf([...rows, more], names).rowsByFile,
        graphOf([more, ...rows], names).rowsByFile,
      ]) {
        expect([...before.keys()].filter((file) => !after.has(file))).toEqual([]);
      }
    }),
  );
});

test("a file whose name is a row's sessionFile, or made from its session id, is always protected", () => {
  assert(
    property(array(row, { minLength: 1 }), array(name), (rows, names) => {
      const { rowsByFile } = graphOf(rows, names);
      for (const { sessionId, sessionFile } of rows) {
        const own = [sessionFile, `${sessionId}.jsonl`].filter(
          (each) => each !== null && names.includes(each),
        );
        for (const file of own) expect(rowsByFile.has(file ?? "")).toBe(true);
      }
    }),
  );
});
