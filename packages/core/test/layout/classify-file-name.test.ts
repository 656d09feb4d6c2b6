import { describe, expect, test } from "vitest";
import { classifyFileName } from "../../src/layout/classify-file-name.ts";

const sid = "00000000-0000-4000-8000-000000000001";
const uuid = "abcdef01-2222-4333-8444-555555555555";
const stamp = "2026-11-20T08-09-55.426Z";
const stampMs = Date.parse("2026-11-20T08:09:55.426Z");
const fork = "2026-11-20T08-09-55-426Z";

describe("classifyFileName", () => {
  test.each([
    [`${sid}.jsonl`, { sessionId: sid }],
    ["notes.jsonl", { sessionId: "notes" }],
    ["agent:main:main.jsonl", { sessionId: "agent:main:main" }],
    [`${sid}-topic-7.jsonl`, { sessionId: sid, topic: "7" }],
    [`${sid}-topic--100%3A7%2F%C3%A9.jsonl`, { sessionId: sid, topic: "-100:7/é" }],
    [`${sid}-topic-%zz%.jsonl`, { sessionId: sid, topic: "%zz%" }],
    [`${sid}-topic-a-topic-b.jsonl`, { sessionId: sid, topic: "a-topic-b" }],
    [`${sid}-topic-.jsonl`, { sessionId: `${sid}-topic-` }],
    ["-topic-7.jsonl", { sessionId: "-topic-7" }],
    [`${fork}_${sid}.jsonl`, { sessionId: sid, forkStamp: fork }],
    [`2026-11-20T08-09-55Z_${sid}.jsonl`, { sessionId: sid, forkStamp: "2026-11-20T08-09-55Z" }],
    [`${fork}_${sid}-topic-7.jsonl`, { sessionId: sid, topic: "7", forkStamp: fork }],
    [`${fork}_.jsonl`, { sessionId: `${fork}_` }],
    [`${fork}${sid}.jsonl`, { sessionId: `${fork}${sid}` }],
    [`x${fork}_${sid}.jsonl`, { sessionId: `x${fork}_${sid}` }],
    [`${sid}.jsonl.deleted.${stamp}.jsonl`, { sessionId: `${sid}.jsonl.deleted.${stamp}` }],
    [
      `${sid}.checkpoint.${uuid.replace("-4", "-6")}.jsonl`,
      { sessionId: `${sid}.checkpoint.abcdef01-2222-6333-8444-555555555555` },
    ],
    [`${sid}.checkpoint.not-a-uuid.jsonl`, { sessionId: `${sid}.checkpoint.not-a-uuid` }],
  ])("%s is a transcript", (name, parts) => {
    expect(classifyFileName(name)).toEqual({ kind: "transcript", ...parts });
  });

  test.each([
    [`${sid}.checkpoint.${uuid}.jsonl`, { kind: "checkpoint", sessionId: sid, checkpointId: uuid }],
    [`${sid}-topic-7.checkpoint.${uuid}.jsonl`, { kind: "checkpoint", sessionId: sid, checkpointId: uuid }],
    [
      `a.checkpoint.${uuid}.checkpoint.${uuid}.jsonl`,
      { kind: "checkpoint", sessionId: `a.checkpoint.${uuid}`, checkpointId: uuid },
    ],
    [
      `${sid}.checkpoint.${uuid.toUpperCase()}.jsonl`,
      { kind: "checkpoint", sessionId: sid, checkpointId: uuid.toUpperCase() },
    ],
    [`${sid}.trajectory.jsonl`, { kind: "trajectory", base: sid }],
    [`${sid}.trajectory-path.json`, { kind: "trajectory-pointer", base: sid }],
    [`${sid}.jsonl.lock`, { kind: "transcript-lock", transcript: `${sid}.jsonl` }],
    [`${sid}.jsonl.codex-app-server.json`, { kind: "codex-binding", transcript: `${sid}.jsonl` }],
    [
      `${sid}.jsonl.bak-123-1763625000000`,
      { kind: "repair-backup", transcript: `${sid}.jsonl`, madeAtMs: 1763625000000 },
    ],
    ["a.jsonl.deleted.b.jsonl.lock", { kind: "transcript-lock", transcript: "a.jsonl.deleted.b.jsonl" }],
    [`sessions.json.42.${uuid}.tmp`, { kind: "index-temp", index: "sessions.json" }],
    [`sessions.json.${uuid}.tmp`, { kind: "index-temp", index: "sessions.json" }],
    ["sessions.json.bak.1763625000000", { kind: "index-backup", index: "sessions.json" }],
  ])("%s by its tail", (name, expected) => {
    expect(classifyFileName(name)).toEqual(expected);
  });

  test.each([
    ["deleted", stamp, stampMs],
    ["reset", "2026-11-20T08-09-55Z", stampMs - 426],
    ["bak", stamp, stampMs],
    ["deleted", "2026-02-30T00-00-00.000Z", undefined],
    ["deleted", "", undefined],
    ["reset", `${stamp}.deleted.${stamp}`, undefined],
    ["deleted", `${stamp}.0123456789abcdef0123456789abcdef.zst`, undefined],
  ] as const)("an archive: .%s.%s", (reason, text, retiredAtMs) => {
    expect(classifyFileName(`${sid}.jsonl.${reason}.${text}`)).toEqual({
      kind: "archive",
      reason,
      original: `${sid}.jsonl`,
      retiredAtMs,
    });
  });

  test.each([
    "sessions.json",
    "sessions.json.lock",
    `sessions.json.deleted.${stamp}`,
    "sessions.json.bak.",
    "sessions.json.bak.12a",
    "sessions.json.42.not-a-uuid.tmp",
    `other.json.42.${uuid}.tmp`,
    ".sessionsmith",
    ".jsonl",
    ".jsonl.lock",
    ".hidden.jsonl",
    ".trajectory.jsonl",
    `.checkpoint.${uuid}.jsonl`,
    `${sid}.JSONL`,
    `${sid}.jsonl `,
    `${sid}.jsonl.`,
    `${sid}.jsonl.LOCK`,
    `${sid}.jsonl.archived.${stamp}`,
    `${sid}.jsonl.bak-1`,
    `${sid}.jsonl.bak-1-1234567890123456`,
    `${sid}.json`,
    "skills-prompts",
    "unrelated.bin",
    "..",
    "",
  ])("%j is foreign", (name) => {
    expect(classifyFileName(name)).toEqual({ kind: "foreign" });
  });

  test("goes by the index's own name", () => {
    const options = { indexName: "team.json" };
    expect(classifyFileName(`team.json.42.${uuid}.tmp`, options)).toEqual({
      kind: "index-temp",
      index: "team.json",
    });
    expect(classifyFileName("team.json.bak.1", options)).toEqual({
      kind: "index-backup",
      index: "team.json",
    });
    expect(classifyFileName(`sessions.json.42.${uuid}.tmp`, options)).toEqual({ kind: "foreign" });
    expect(classifyFileName("a.jsonl", { indexName: "a.jsonl" })).toEqual({ kind: "foreign" });
    expect(classifyFileName("a.jsonl", { indexName: "a" })).toEqual({ kind: "transcript", sessionId: "a" });
  });

  test("keeps composed and decomposed letters and upper case apart", () => {
    const names = ["caf\u00e9.jsonl", "cafe\u0301.jsonl", "CAF\u00c9.jsonl"];
    const ids = names
      .map((name) => classifyFileName(name))
      .map((each) => each.kind === "transcript" && each.sessionId);
    expect(ids).toEqual(["caf\u00e9", "cafe\u0301", "CAF\u00c9"]);
  });
});
