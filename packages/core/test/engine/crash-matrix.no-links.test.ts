import type { Fault, MemoryFs } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/plan/plan.ts";
import { crashCounter } from "./crash-count.ts";
import {
  applied,
  applyScenario,
  archive,
  cleanupPlan,
  newFile,
  planOf,
  removeRows,
  replaceFile,
  smallStoreState,
  toTrash,
  undoPlan,
} from "./operation-scenarios.ts";

const noLinks: Fault = ({ name }) => (name === "link" ? { errno: "EPERM" } : undefined);

const scenarios: readonly (readonly [name: string, planFor: (fs: MemoryFs) => Plan])[] = [
  ["a cleanup", cleanupPlan],
  [
    "a repair that replaces, makes and moves files",
    (fs) =>
      planOf(fs, [
        newFile,
        replaceFile(fs, "s3.jsonl"),
        removeRows(fs, "agent:main:direct:2"),
        archive(fs, "s2.jsonl"),
      ]),
  ],
  ["moves alone", (fs) => planOf(fs, [toTrash(fs, "notes.txt"), archive(fs, "orphan.jsonl")])],
  [
    "an output",
    (fs) =>
      planOf(fs, [
        {
          kind: "write-output",
          phase: "create",
          path: "/elsewhere/report.json",
          content: { source: "inline", text: "a report\n" },
          force: false,
        },
      ]),
  ],
];

describe("without hard links, a crash in", () => {
  const run = crashCounter("no hard links");

  test.each(scenarios)("%s", async (name, planFor) => {
    expect(await run(await applyScenario(name, smallStoreState(), planFor, noLinks))).toBeGreaterThan(20);
  });

  test("an undo", async () => {
    const start = await applied(smallStoreState(), cleanupPlan);
    expect(await run(await applyScenario("undo", start, (fs) => undoPlan(fs, 0), noLinks))).toBeGreaterThan(
      20,
    );
  });
});
