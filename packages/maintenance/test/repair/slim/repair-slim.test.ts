import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { repairNow } from "../repair-disk.ts";
import { mendedStore } from "../mended-store.ts";
import { indexOf } from "../transcripts.ts";

const at = Date.UTC(2026, 9, 20, 10);
const prompt = "Use the skills. ".repeat(5000);
const hash = createHash("sha256").update(prompt).digest("hex");
const blob = `skills-prompts/sha256/${hash.slice(0, 2)}/${hash}.txt`;
const skills = { prompt, skills: [{ name: "a" }], version: 3 };
const reference = {
  promptRef: { version: 1, algorithm: "sha256", hash, bytes: prompt.length },
  skills: [{ name: "a" }],
  version: 3,
};
const slim = { domains: ["slim"] } as const;

test("a prompt is kept once, where OpenClaw keeps it, and the bytes that it took are told", async () => {
  const rows = {
    a: { sessionId: "s1", updatedAt: at, skillsSnapshot: skills },
    b: { sessionId: "s2", updatedAt: at, skillsSnapshot: { ...skills, resolvedSkills: [{ big: 1 }] }, x: 1 },
    c: { sessionId: "s3", updatedAt: at, skillsSnapshot: { prompt: "short", skills: [] } },
  };
  const index = indexOf(rows);
  const { text, after, mends } = await mendedStore({ "sessions.json": index }, slim);
  expect(JSON.parse(text)).toEqual({
    a: { sessionId: "s1", updatedAt: at, skillsSnapshot: reference },
    b: { sessionId: "s2", updatedAt: at, skillsSnapshot: reference, x: 1 },
    c: rows.c,
  });
  expect(after.get(`main/sessions/${blob}`)).toContain(prompt);
  expect(after.get(`main/sessions/${blob}`)?.startsWith("384 ")).toBe(true);
  expect(mends.map(({ key, reasons }) => [key, ...reasons])).toEqual([
    ["a", "prompt-shared"],
    ["b", "prompt-shared", "ephemeral-skills"],
  ]);
  expect(mends.reduce((sum, { savedBytes = 0 }) => sum + savedBytes, 0)).toBe(index.length - text.length);
});

test("a file that is there is used; one that is not what its name says keeps the prompt in its row", async () => {
  const index = indexOf({ a: { sessionId: "s1", updatedAt: at, skillsSnapshot: skills } });
  const used = await mendedStore({ "sessions.json": index, [blob]: prompt }, slim);
  expect(JSON.parse(used.text).a.skillsSnapshot).toEqual(reference);
  const damaged = await mendedStore({ "sessions.json": index, [blob]: "cut" }, slim);
  expect(damaged.text).toBe(index);
  expect(damaged.unmended).toMatchObject([{ key: "a", reasons: ["prompt-file-damaged"] }]);
});

const report = (generatedAt: number, sessionId: string) => ({ source: "run", generatedAt, sessionId });

test("a report leaves if it is of another session, or more than a day old", async () => {
  const { text, mends } = await mendedStore(
    {
      "sessions.json": indexOf({
        a: { sessionId: "s1", updatedAt: at, systemPromptReport: report(repairNow - 1000, "s1") },
        b: { sessionId: "s2", updatedAt: at, systemPromptReport: report(repairNow - 1000, "s1") },
        c: { sessionId: "s3", updatedAt: at, systemPromptReport: report(at, "s3"), y: 1 },
      }),
    },
    slim,
  );
  expect(JSON.parse(text)).toEqual({
    a: { sessionId: "s1", updatedAt: at, systemPromptReport: report(repairNow - 1000, "s1") },
    b: { sessionId: "s2", updatedAt: at },
    c: { sessionId: "s3", updatedAt: at, y: 1 },
  });
  expect(mends.map(({ reasons }) => reasons)).toEqual([["report-of-another-session"], ["report-stale"]]);
});
