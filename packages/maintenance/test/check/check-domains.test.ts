import { createHash } from "node:crypto";
import { surveyStore } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import type { TreeSpec } from "@sessionsmith/testkit";
import { readCheckFacts } from "../../src/check/check-facts.ts";
import { checkStore } from "../../src/check/check-store.ts";
import { diskWith, hostOver, repairNow, storeOf } from "../repair/repair-disk.ts";
import { indexOf, transcript } from "../repair/transcripts.ts";

const at = Date.UTC(2026, 9, 20, 10);
const settings = {
  agents: [{ id: "main", model: undefined, contextTokens: undefined }],
  mainKey: "main",
  scope: "per-sender",
} as const;

function found(files: TreeSpec, { deep = true } = {}) {
  const host = hostOver(diskWith({ main: files }));
  const survey = surveyStore(host, storeOf("main"), { nowMs: repairNow });
  const facts = readCheckFacts(host, survey, { settings, now: repairNow });
  const transcripts = { healths: new Map(), total: 0 };
  return checkStore({ survey, transcripts, facts, deep, now: repairNow }).map(({ id, place }) => [
    id,
    place.key ?? place.path?.split("/").at(-1),
  ]);
}

describe("keys", () => {
  test("those that OpenClaw does not look for, and those of other agents", () => {
    const row = { sessionId: "s1", updatedAt: at };
    const keys = [
      "agent:main:main",
      "agent:main:telegram:dm:7",
      "main",
      "agent:main:X",
      "agent:other:main",
      "agent:main:a:b",
      "global",
    ];
    const all = found({
      "sessions.json": indexOf(Object.fromEntries(keys.map((key) => [key, row]))),
      "s1.jsonl": transcript("s1"),
    });
    expect(all).toEqual([
      ["key-not-canonical", "agent:main:telegram:dm:7"],
      ["key-not-canonical", "main"],
      ["key-not-canonical", "agent:main:X"],
      ["key-wrong-store", "agent:other:main"],
    ]);
  });
});

const row = (sessionFile: string) => ({ sessionId: "s1", updatedAt: at, sessionFile });

test("paths", () => {
  const rows = {
    "agent:main:a": row("old.jsonl"),
    "agent:main:b": row("/x/s1.jsonl"),
    "agent:main:c": row("s1.jsonl"),
  };
  expect(found({ "sessions.json": indexOf(rows), "s1.jsonl": transcript("s1") })).toEqual([
    ["session-file-relocated", "agent:main:b"],
    ["session-file-stale", "agent:main:a"],
  ]);
});

test("permissions: of files a warning, of the directory worth knowing", () => {
  expect(
    found({
      "sessions.json": { content: "{}", mode: 0o644 },
      "a.jsonl": { content: transcript("a"), mode: 0o640 },
      "b.txt": { content: "", mode: 0o666 },
      ".": { directory: true, mode: 0o755 },
    }),
  ).toEqual([
    ["directory-mode-open", "sessions"],
    ["file-mode-open", "sessions.json"],
    ["file-mode-open", "a.jsonl"],
  ]);
});

test("an index that explains too little", () => {
  const old = BigInt(Date.UTC(2026, 9, 1)) * 1_000_000n;
  const many = Object.fromEntries(
    Array.from({ length: 25 }, (_, n) => [`t${n}.jsonl`, { content: transcript(`t${n}`), mtimeNs: old }]),
  );
  expect(found({ "sessions.json": "{}", ...many })).toEqual([["index-explains-too-little", "sessions.json"]]);
});

test("what only takes space, if every row is looked at", () => {
  const prompt = "x".repeat(600);
  const hash = createHash("sha256").update(prompt).digest("hex");
  const rows = {
    "agent:main:a": { sessionId: "s1", updatedAt: at, skillsSnapshot: { prompt, skills: [] } },
    "agent:main:b": {
      sessionId: "s1",
      updatedAt: at,
      systemPromptReport: { generatedAt: at, sessionId: "s1" },
    },
    "agent:main:c": {
      sessionId: "s1",
      updatedAt: at,
      skillsSnapshot: { promptRef: { version: 1, algorithm: "sha256", hash, bytes: 600 }, skills: [] },
    },
  };
  const files = { "sessions.json": indexOf(rows), "s1.jsonl": transcript("s1") };
  expect(found(files).filter(([id]) => id?.startsWith("entry-") !== true)).toEqual([
    ["skills-prompt-inline", "agent:main:a"],
    ["prompt-report-stale", "agent:main:b"],
  ]);
  expect(found(files, { deep: false })).toEqual([]);
});
