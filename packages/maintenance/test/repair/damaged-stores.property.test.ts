import { parseRecord } from "@sessionsmith/core";
import { type DamagedCase, fromState, readDamagedCase } from "@sessionsmith/testkit";
import { assert, asyncProperty, constantFrom, record } from "fast-check";
import { expect, test } from "vitest";
import { damaged, damagesOf } from "../../../core/test/damage.ts";
import { contents, diskOf, repair, troubles } from "./damaged-disk.ts";

/** A healthy store: what was mended in the fixture with the most files. */
const healthy = readDamagedCase("transcript-several").after;
const files = Object.keys(healthy).filter((path) => !path.endsWith(".damaged.1"));
const size = Math.max(...files.map((path) => healthy[path]?.length ?? 0));

const spoilt = record({ path: constantFrom(...files), damages: damagesOf(size) });

/** The records of all transcripts and of what was set aside of them, but for what links them. */
function records(store: Readonly<Record<string, string>>): ReadonlySet<string> {
  const lines = Object.entries(store).flatMap(([path, text]) =>
    path.includes(".jsonl") ? text.split("\n") : [],
  );
  const parsed = lines.map((line) => parseRecord(Buffer.from(line, "latin1")));
  return new Set(
    parsed.flatMap((one) =>
      one.ok ? [JSON.stringify({ ...one.record, id: undefined, parentId: undefined })] : [],
    ),
  );
}

test("a store of which any file is damaged is checked and repaired; nothing whole is lost, and it is done at once", async () => {
  await assert(
    asyncProperty(spoilt, async ({ path, damages }) => {
      const original = healthy[path] ?? Buffer.alloc(0);
      const before = { ...healthy, [path]: damages.reduce(damaged, original) };
      const store: DamagedCase = { name: path, what: "", findings: [], before, after: {} };
      const fs = diskOf(store);
      const had = records(contents(fs));
      const found = troubles(fs, store);
      await repair(fs, store);
      const left = records(contents(fs));
      for (const one of had) expect(left.has(one)).toBe(true);
      const again = await repair(fromState(fs.state()), store, 300);
      expect({ found, operation: again.outcome.operationId }).toEqual({ found, operation: undefined });
    }),
    { numRuns: 200 },
  );
});
