import { expect, test } from "vitest";
import type { Finding } from "../../src/findings/finding.ts";
import { failingFs, nowMs, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();
const dayMs = 86_400_000;

function findingsOn(row: unknown, fs?: ReturnType<typeof failingFs>): readonly Finding[] {
  dir.index({ k: row });
  return dir.scan(fs && { fs }).findings;
}

function place(field?: string): unknown {
  const row = { path: dir.at("sessions.json"), key: "k" };
  return field === undefined ? row : { ...row, field };
}

test("a sound row has no findings", () => {
  dir.files("a.jsonl");
  expect(findingsOn({ sessionId: "a", updatedAt: nowMs + dayMs })).toEqual([]);
});

test("a relocated transcript is worth knowing", () => {
  dir.files("a.jsonl");
  expect(findingsOn({ sessionId: "a", sessionFile: "/old/a.jsonl" })).toEqual([
    {
      id: "session-file-relocated",
      severity: "info",
      place: place("sessionFile"),
      details: { sessionFile: "/old/a.jsonl", name: "a.jsonl" },
    },
  ]);
});

test("a transcript outside is a warning", () => {
  dir.files("../a.jsonl");
  expect(findingsOn({ sessionId: "a", sessionFile: "../a.jsonl" })).toEqual([
    {
      id: "session-file-outside",
      severity: "warning",
      place: place("sessionFile"),
      details: { sessionFile: dir.outside("a.jsonl") },
    },
  ]);
});

test("an unsafe path is an error, whatever else is found", () => {
  dir.files("a.jsonl");
  expect(findingsOn({ sessionId: "a", sessionFile: "sessions.json" })).toEqual([
    {
      id: "session-file-unsafe",
      severity: "error",
      place: place("sessionFile"),
      details: { sessionFile: "sessions.json", reason: "index" },
    },
  ]);
});

test("a row that carries our own data needs no transcript", () => {
  const stage = { kept: "metadata", transcript: "a.jsonl" };
  expect(findingsOn({ sessionId: "a", pluginExtensions: { sessionsmith: { stage } } })).toEqual([]);
  expect(findingsOn({ sessionId: "a", pluginExtensions: { other: {} } })).toMatchObject([
    { id: "transcript-missing" },
  ]);
});

test("a missing transcript names where it was looked for", () => {
  expect(findingsOn({ sessionId: "a" })).toEqual([
    {
      id: "transcript-missing",
      severity: "warning",
      place: place(),
      details: { candidates: [dir.at("a.jsonl")] },
    },
  ]);
});

test("an unknown one names the error", () => {
  const fs = failingFs("lstat", dir.at("a.jsonl"), "EIO");
  const details = { candidate: dir.at("a.jsonl"), errno: "EIO" };
  expect(findingsOn({ sessionId: "a" }, fs)).toEqual([
    { id: "transcript-unknown", severity: "warning", place: place(), details },
  ]);
});

test.each([nowMs + dayMs + 1, (nowMs + 2 * dayMs) / 1000, "2026-11-22T12:00:00Z"])(
  "a time in the future: %s",
  (updatedAt) => {
    dir.files("a.jsonl");
    expect(findingsOn({ sessionId: "a", updatedAt })).toMatchObject([
      {
        id: "updated-at-future",
        severity: "warning",
        place: place("updatedAt"),
        details: { aheadMs: expect.any(Number) },
      },
    ]);
  },
);
