import { relative } from "node:path";
import type { MemoryFs } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/plan/plan.ts";
import type { MoveFileStep, SetModeStep, WriteOutputStep } from "../../src/plan/step.ts";
import { indexEdits } from "../../src/session-index/index-edits.ts";
import { crashCounter } from "./crash-count.ts";
import {
  applyScenario,
  archive,
  cleanupPlan,
  editIndex,
  identityOf,
  newFile,
  planOf,
  recordEnds,
  removeRows,
  renamingPlan,
  replaceFile,
  sessionsDir,
  smallStoreState,
  stagePlan,
  toTrash,
} from "./operation-scenarios.ts";

const setMode: SetModeStep = {
  kind: "set-mode",
  phase: "switch",
  name: "s1.jsonl",
  mode: 0o640,
  expectMode: 0o600,
};

const output: WriteOutputStep = {
  kind: "write-output",
  phase: "create",
  path: "/elsewhere/report.json",
  content: { source: "inline", text: "a report\n" },
  force: false,
};

const inFolder: WriteOutputStep = { ...output, path: "originals/report.json", folder: "/elsewhere" };

/** The step that moves a file from outside the sessions directory into the directory of the operation. */
function moveOriginal(fs: MemoryFs): MoveFileStep {
  const from = relative(sessionsDir, "/elsewhere/other.txt");
  const to = { as: "folder", folder: "/elsewhere", name: "originals/other.txt" } as const;
  const step = { kind: "move-file", phase: "retire", from, to, reason: "migrated" } as const;
  return { ...step, expect: identityOf(fs, from) };
}

const scenarios: readonly (readonly [name: string, planFor: (fs: MemoryFs) => Plan])[] = [
  ["write-index", (fs) => planOf(fs, [removeRows(fs, "agent:main:direct:2")])],
  ["a cleanup: append-record, write-index, move-file", cleanupPlan],
  [
    "a cleanup that mends one row and takes another for its transcript",
    (fs) => {
      const mended = new Map([["agent:main:main", new Map([["x", undefined]])]]);
      const remove = new Set(["agent:main:direct:3"]);
      const step = editIndex(fs, (document) => indexEdits(document, { remove, replace: mended }));
      const requires = [
        { path: `${sessionsDir}/gone.jsonl`, is: null },
        { path: `${sessionsDir}/s3.jsonl`, is: identityOf(fs, "s3.jsonl") },
      ];
      return planOf(fs, [recordEnds("agent:main:direct:3"), { ...step, requires }, archive(fs, "s3.jsonl")]);
    },
  ],
  ["a cleanup that renames a row and changes another", renamingPlan],
  ["move-file alone", (fs) => planOf(fs, [toTrash(fs, "notes.txt"), archive(fs, "orphan.jsonl")])],
  [
    "many moves",
    (fs) =>
      planOf(fs, [
        removeRows(fs, "agent:main:direct:2", "agent:main:direct:3"),
        ...["s2.jsonl", "s3.jsonl", "orphan.jsonl"].map((name) => archive(fs, name)),
        ...["s2.trajectory.jsonl", "notes.txt"].map((name) => toTrash(fs, name)),
      ]),
  ],
  ["a row that stays without its transcript: write-index that changes a field, move-file", stagePlan],
  ["append-record", (fs) => planOf(fs, [recordEnds("agent:main:direct:2")])],
  [
    "write-file that makes one",
    (fs) => planOf(fs, [newFile, removeRows(fs, "agent:main:direct:3"), archive(fs, "s3.jsonl")]),
  ],
  ["write-file that replaces one", (fs) => planOf(fs, [replaceFile(fs, "s3.jsonl")])],
  [
    "a repair: write-file that replaces two, write-index",
    (fs) =>
      planOf(fs, [
        replaceFile(fs, "s3.jsonl"),
        replaceFile(fs, "s1.jsonl"),
        removeRows(fs, "agent:main:direct:2"),
        toTrash(fs, "s2.jsonl"),
      ]),
  ],
  [
    "make-dir and set-mode",
    (fs) => planOf(fs, [{ kind: "make-dir", phase: "create", name: "more", mode: 0o700 }, setMode]),
  ],
  [
    "make-dir with a new file in it",
    (fs) =>
      planOf(fs, [
        { kind: "make-dir", phase: "create", name: "more", mode: 0o700 },
        { ...newFile, name: "more/new.jsonl" },
        removeRows(fs, "agent:main:direct:2"),
      ]),
  ],
  [
    "set-mode of a directory, a file and the index",
    (fs) =>
      planOf(fs, [
        { ...setMode, name: ".", mode: 0o750, expectMode: 0o700 },
        setMode,
        { ...setMode, name: "sessions.json" },
      ]),
  ],
  ["write-output", (fs) => planOf(fs, [output])],
  [
    "write-output over a file",
    (fs) => planOf(fs, [{ ...output, path: "/elsewhere/old-report.json", force: true }]),
  ],
  ["write-output into a directory of the operation", (fs) => planOf(fs, [inFolder])],
  [
    "a migration: write-output, write-file, write-index, move-file of an original",
    (fs) => planOf(fs, [inFolder, newFile, removeRows(fs, "agent:main:direct:2"), moveOriginal(fs)]),
  ],
  ["a migration of transcripts alone", (fs) => planOf(fs, [newFile, moveOriginal(fs)])],
  [
    "write-output and a cleanup",
    (fs) => planOf(fs, [output, removeRows(fs, "agent:main:direct:2"), toTrash(fs, "s2.jsonl")]),
  ],
];

describe("a crash in", () => {
  const run = crashCounter("steps");
  test.each(scenarios)("%s", async (name, planFor) => {
    expect(await run(await applyScenario(name, smallStoreState(), planFor))).toBeGreaterThan(20);
  });
});
