import { readStoreLedger } from "@sessionsmith/core/engine";
import { writeTree } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { resetSession } from "../../src/reset/reset-session.ts";
import { diskWith, rowsOf, scopeOn, sessionsDir, transcript, visible } from "../change/changed-store.ts";

const key = "agent:main:main";
const lease = { user: "ann", expiresAt: 1, meta: { a: 1 } };
const row = {
  sessionId: "s1",
  sessionFile: "s1.jsonl",
  updatedAt: 1,
  label: "Ann",
  thinkingLevel: "high",
  lastChannel: "telegram",
  modelOverride: "gpt-5",
  modelOverrideSource: "user",
  model: "gpt-4o",
  totalTokens: 9,
  compactionCount: 3,
  compactionCheckpoints: [{ preCompaction: { sessionId: "s1" } }],
  usageFamilySessionIds: ["s1"],
  skillsSnapshot: { prompt: "p" },
  cliSessionIds: { claude: "x" },
  pluginExtensions: { sessionsmith: { lease }, other: { x: 1 } },
  unheardOf: true,
};

async function reset(
  entry: object,
  more: { readonly key?: string; readonly files?: Readonly<Record<string, string>> } = {},
) {
  const at = more.key ?? key;
  const fs = diskWith({
    rows: { [at]: entry },
    files: more.files ?? { "s1.jsonl": transcript("s1", { n: 1 }) },
  });
  const { answer } = await resetSession(scopeOn(fs), { key: at });
  return { fs, answer, entry: rowsOf(fs)[at] };
}

describe("resetSession", () => {
  test("keeps how the session is set up, and nothing of what was said", async () => {
    const { fs, answer, entry } = await reset(row);
    const { sessionId } = answer;
    expect(entry).toEqual({
      sessionId,
      sessionFile: `${sessionsDir}/${sessionId}.jsonl`,
      updatedAt: expect.any(Number),
      sessionStartedAt: expect.any(Number),
      systemSent: false,
      abortedLastRun: false,
      label: "Ann",
      thinkingLevel: "high",
      lastChannel: "telegram",
      modelOverride: "gpt-5",
      modelOverrideSource: "user",
      model: "gpt-5",
      pluginExtensions: { sessionsmith: { lease } },
      compactionCount: 0,
      inputTokens: 0,
      outputTokens: 0,
      totalTokens: 0,
      totalTokensFresh: true,
    });
    expect(answer.entry).toEqual(entry);
    expect(answer.archived).toEqual([expect.stringMatching(/\/s1\.jsonl\.reset\.2026-.*Z$/)]);
    const header = JSON.parse(visible(fs)[`${sessionId}.jsonl`] ?? "");
    expect(header).toMatchObject({ type: "session", version: 3, id: sessionId });
    expect(readStoreLedger(fs, sessionsDir)).toEqual([
      expect.objectContaining({ type: "ended", sessionId: "s1", reason: "reset", totalTokens: 9 }),
    ]);
  });

  test("a model that a fallback chose goes, the sessions at the provider stay only with a sub-agent", async () => {
    const fallback = await reset({ ...row, modelOverrideSource: "auto" });
    expect(fallback.entry).not.toHaveProperty("modelOverride");
    const subagent = await reset(row, { key: "agent:main:subagent:7" });
    expect(subagent.entry).toMatchObject({ cliSessionIds: { claude: "x" } });
  });

  test("a forum topic stays in the name of the transcript", async () => {
    const files = { "s1-topic-4.jsonl": transcript("s1") };
    const { answer, fs } = await reset({ sessionId: "s1", sessionFile: "s1-topic-4.jsonl" }, { files });
    expect(visible(fs)).toHaveProperty([`${answer.sessionId}-topic-4.jsonl`]);
    expect(answer.archived).toEqual([expect.stringContaining("s1-topic-4.jsonl.reset.")]);
  });

  test("what another row needs stays, and a row without a transcript has none to archive", async () => {
    const fs = diskWith({
      rows: { [key]: row, "agent:main:x": { sessionId: "s1" } },
      files: { "s1.jsonl": transcript("s1") },
    });
    const { answer } = await resetSession(scopeOn(fs), { key });
    expect([answer.archived, answer.warnings]).toEqual([[], []]);
    expect(visible(fs)).toHaveProperty(["s1.jsonl"]);
    expect((await reset({ updatedAt: 1 }, { files: {} })).answer).toMatchObject({
      archived: [],
      historyRecorded: false,
    });
  });

  test("while somebody works on the transcript nothing happens", async () => {
    const lock = JSON.stringify({ pid: 4, createdAt: "2026-11-20T00:00:00Z" });
    const fs = diskWith({ rows: { [key]: row }, files: { "s1.jsonl": transcript("s1") } });
    writeTree(fs, sessionsDir, { "s1.jsonl.lock": lock });
    const scope = scopeOn(fs);
    const host = { ...scope.host, processes: { ...scope.host.processes, state: () => "alive" as const } };
    await expect(resetSession({ ...scope, host }, { key })).rejects.toThrow(
      expect.objectContaining({ code: "E_LOCKED" }),
    );
    expect(rowsOf(fs)[key]).toEqual(row);
  });

  test("a key without a row is not found, or gets one", async () => {
    const fs = diskWith({ rows: {} });
    await expect(resetSession(scopeOn(fs), { key })).rejects.toThrow(
      expect.objectContaining({ code: "E_NOT_FOUND" }),
    );
    const { answer } = await resetSession(scopeOn(fs), { key, orCreate: true });
    expect(rowsOf(fs)[key]).toEqual(answer.entry);
  });
});
