import { expect, test } from "vitest";
import type { BeginRecord, JournalRecord, StagedRecord } from "../../src/engine/journal-record.ts";
import { operationOf, type OperationRecord } from "../../src/engine/operation-state.ts";
import type { JournaledStep } from "../../src/plan/journaled-step.ts";

const begin: BeginRecord = {
  type: "begin",
  schemaVersion: 1,
  operationId: "o",
  command: "test",
  startedAt: 1,
  planDigest: "d",
  policy: {},
  parts: ["/s"],
  part: 0,
  agentId: "main",
  indexPath: "/s/sessions.json",
  indexBefore: null,
  summary: { rows: 0, files: 0, bytes: 0 },
};
const step: JournaledStep = { kind: "make-dir", phase: "create", name: "more", mode: 0o700 };
const staged: StagedRecord = {
  type: "staged",
  n: 0,
  sha256: "s",
  dev: "1",
  ino: "2",
  size: 3,
  mtimeNs: "4",
};
const ready: JournalRecord = { type: "ready" };
const rollBack: JournalRecord = { type: "roll-back" };
const ended = (state: "done" | "rolled-back"): JournalRecord => ({
  type: "end",
  state,
  endedAt: 9,
  warnings: [],
});

test.each<[OperationRecord["state"], readonly JournalRecord[]]>([
  ["begun", [begin]],
  ["begun", [begin, { type: "step", n: 0, step }]],
  ["pending", [begin, { type: "step", n: 0, step }, ready]],
  ["pending", [begin, ready, staged]],
  ["rolling-back", [begin, ready, staged, rollBack]],
  ["rolling-back", [begin, rollBack]],
  ["done", [begin, ready, ended("done")]],
  ["rolled-back", [begin, ready, rollBack, ended("rolled-back")]],
])("%s: %j", (state, records) => {
  expect(operationOf(records)?.state).toBe(state);
});

test("steps and what was staged are found by number, the last record of a number counting", () => {
  const again = { ...staged, ino: "7" };
  const record = operationOf([begin, { type: "step", n: 0, step }, ready, staged, again]);
  expect(record?.steps).toEqual([step]);
  expect(record?.staged.get(0)).toBe(again);
  expect(record?.end).toBeUndefined();
});

test("without a first line nothing is known", () => {
  expect(operationOf([])).toBeUndefined();
  expect(operationOf([ready])).toBeUndefined();
});
