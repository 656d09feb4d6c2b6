import { expect, test } from "vitest";
import { pruneModelRuns } from "../../src/passes/prune-model-runs.ts";
import { dayMs, now, rowAged } from "../snapshot-builder.ts";
import { verdictsOf } from "./verdicts-of.ts";

const probe = (n: number) => `agent:main:explicit:model-run-00000000-0000-4000-8000-00000000000${n}`;
const rows = {
  [probe(1)]: rowAged(1.01),
  [probe(2)]: rowAged(1),
  [probe(3)]: rowAged(2),
  "agent:main:explicit:model-run-x": rowAged(9),
  "agent:main:direct:ann": rowAged(9),
};

test("probes older than a day leave while more rows are left than the cap allows", () => {
  expect(verdictsOf(pruneModelRuns, { rows, locked: [probe(3)] }, { maxEntries: 4 })).toEqual({
    [probe(1)]: "prune-model-run: model-run-under-cap-pressure",
    [probe(2)]: "keep: model-run-within-a-day",
    [probe(3)]: "keep: in-use:locked",
  });
});

test("without pressure they stay", () => {
  expect(verdictsOf(pruneModelRuns, { rows }, { maxEntries: 5 })).toEqual({});
});

test("OpenClaw 2026.5.28 has no such rule", () => {
  expect(verdictsOf(pruneModelRuns, { rows }, { maxEntries: 1, preset: "openclaw-2026.5" })).toEqual({});
});

test("a probe of unknown age stays", () => {
  const odd = {
    [probe(1)]: { sessionId: "s1" },
    [probe(2)]: { sessionId: "s1", updatedAt: now + 9 * dayMs },
  };
  expect(verdictsOf(pruneModelRuns, { rows: odd }, { maxEntries: 1 })).toEqual({
    [probe(1)]: "keep: protected:unknown-age",
    [probe(2)]: "keep: model-run-within-a-day",
  });
});
