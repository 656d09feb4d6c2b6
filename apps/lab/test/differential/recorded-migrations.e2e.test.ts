import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fixturesDir } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { askOursMigrated } from "../../src/differential/ask-migrated.ts";
import { compareMigrated } from "../../src/differential/migrated-row.ts";
import { migratedCases, migratedNow, withMigratedStore } from "../../src/differential/migrated-store.ts";
import type { MigratedResult } from "../../src/differential/run-migrated.ts";

type RecordedMigration = Pick<MigratedResult, "name" | "theirs">;

const text = readFileSync(join(fixturesDir, "differential", "migrated-openclaw-2026.5.28.jsonl"), "utf8");
const recorded = text
  .trimEnd()
  .split("\n")
  .map((line): RecordedMigration => JSON.parse(line));

/** The differences that are meant, by store. */
const meant: Readonly<Record<string, readonly string[]>> = {
  "bytesagain-a": ["managed-row"],
  "openclaw-python-ws2": ["odd-time"],
};

test("every legacy store is recorded", () => {
  expect(recorded.map(({ name }) => name)).toEqual(migratedCases);
});

test.concurrent.each(recorded)(
  "$name: OpenClaw lists what was migrated, and would remove only sessions without messages",
  async ({ name, theirs }) => {
    const ours = await withMigratedStore(name, askOursMigrated);
    const causes = compareMigrated(ours, theirs, migratedNow).map(({ cause }) => cause);
    expect(causes).toEqual(meant[name] ?? []);
  },
);
