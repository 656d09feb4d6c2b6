import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fixturesDir } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { askOurs } from "../../src/differential/ask-ours.ts";
import type { PairResult } from "../../src/differential/run-pairs.ts";
import { compareOutcomes } from "../../src/differential/compare-outcomes.ts";
import { judgeCase } from "../../src/differential/judge-case.ts";
import { explainDifferences } from "../../src/differential/known-differences.ts";

type RecordedPair = PairResult["example"] & Pick<PairResult, "theirs">;

const text = readFileSync(join(fixturesDir, "differential", "openclaw-2026.5.28.jsonl"), "utf8");
const pairs = text
  .trimEnd()
  .split("\n")
  .map((line): RecordedPair => JSON.parse(line));

test("40 stores are recorded", () => {
  expect(pairs).toHaveLength(40);
});

test.concurrent.each(pairs)(
  "$name: as OpenClaw decided, or a difference that is meant",
  async ({ theirs, ...example }) => {
    const ours = await judgeCase(example, askOurs);
    const differences = explainDifferences(compareOutcomes(ours, theirs), example);
    expect(differences.filter(({ cause }) => cause === undefined)).toEqual([]);
  },
);
