import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fixturesDir, listDamagedCases, readDamagedCase } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { recordsOf, sessionFiles, sessionsIn } from "../../src/differential/repaired-store.ts";
import type { RepairedResult } from "../../src/differential/run-repaired.ts";

/** What OpenClaw 2026.5.28 made of each repaired store, as `pnpm differential --repaired --record` wrote it down. */
const recorded = readFileSync(join(fixturesDir, "differential/repaired-openclaw-2026.5.28.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): Omit<RepairedResult, "differences"> => JSON.parse(line));

test("every repaired store was held against OpenClaw", () => {
  expect(recorded.map(({ name }) => name)).toEqual(listDamagedCases());
});

test.each(recorded)(
  "OpenClaw loads every session of $name, and reads every record",
  ({ name, ...theirs }) => {
    const { after } = readDamagedCase(name);
    const entries = sessionFiles(after).map((path) => {
      const bytes = after[path] ?? Buffer.alloc(0);
      return [path, recordsOf(bytes).length - 1] as const;
    });
    expect(theirs).toEqual({ sessions: sessionsIn(after), entries: Object.fromEntries(entries) });
  },
);
