import { parseRecord } from "@sessionsmith/core";
import { type DamagedCase, fromState, readDamagedCase } from "@sessionsmith/testkit";
import { assert, asyncProperty, constantFrom, record } from "fast-check";
import { expect, test } from "vitest";
import { damaged, damagesOf } from "../../../../core/test/damage.ts";
import { contents, diskOf, repair } from "../damaged-disk.ts";

/** A store as openclaw-python leaves it. */
const python = readDamagedCase("transcript-python").before;
const transcripts = Object.keys(python).filter((path) => path.endsWith(".jsonl"));
const size = Math.max(...transcripts.map((path) => python[path]?.length ?? 0));

const spoilt = record({ path: constantFrom(...transcripts), damages: damagesOf(size) });

/** What the whole bare messages of a store say. */
function words(store: Readonly<Record<string, string>>): readonly string[] {
  const lines = transcripts.flatMap((path) => store[path]?.split("\n") ?? []);
  return lines.flatMap((line) => {
    const parsed = parseRecord(Buffer.from(line, "latin1"));
    const content = parsed.ok ? parsed.record["content"] : undefined;
    return typeof content === "string" ? [content] : [];
  });
}

/** All texts that stand anywhere in the transcripts of a store and in what was set aside of them. */
function texts(store: Readonly<Record<string, string>>): string {
  const found: unknown[] = [];
  const lines = Object.entries(store).flatMap(([path, text]) =>
    path.includes(".jsonl") ? text.split("\n") : [],
  );
  for (const line of lines) {
    const parsed = parseRecord(Buffer.from(line, "latin1"));
    if (parsed.ok) JSON.stringify(parsed.record, (_name, value: unknown) => (found.push(value), value));
  }
  return found.filter((value) => typeof value === "string").join("\n");
}

test("however bare messages are damaged, none that is whole is lost, and one repair is enough", async () => {
  await assert(
    asyncProperty(spoilt, async ({ path, damages }) => {
      const before = { ...python, [path]: damages.reduce(damaged, python[path] ?? Buffer.alloc(0)) };
      const store: DamagedCase = { name: path, what: "", findings: [], before, after: {} };
      const fs = diskOf(store);
      const had = words(contents(fs));
      await repair(fs, store);
      const left = texts(contents(fs));
      for (const one of had) expect(left).toContain(one);
      const again = await repair(fromState(fs.state()), store, 300);
      expect(again.outcome.operationId).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});
