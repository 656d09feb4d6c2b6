import { expect, test } from "vitest";
import { storeOf } from "../repair-disk.ts";
import { mendedStore } from "../mended-store.ts";
import { indexOf, transcript } from "../transcripts.ts";

const at = Date.UTC(2026, 9, 20, 10);
const here = storeOf("main").sessionsDir;
const paths = { domains: ["paths"] } as const;

test("a sessionFile that leads elsewhere goes, or names the file that is here", async () => {
  const { text, mends } = await mendedStore(
    {
      "sessions.json": indexOf({
        a: {
          sessionId: "s1",
          updatedAt: at,
          sessionFile: "/node/.openclaw/agents/main/sessions/s1.jsonl",
          x: 1,
        },
        b: {
          sessionId: "s2",
          updatedAt: at,
          sessionFile: "/node/.openclaw/agents/main/sessions/s2-topic-5.jsonl",
        },
        c: { sessionId: "s3", updatedAt: at, sessionFile: "old-name.jsonl" },
        d: { sessionId: "s4", updatedAt: at, sessionFile: "sessions.json" },
        e: { sessionId: "s5", updatedAt: at, sessionFile: `${here}/s5.jsonl` },
        f: { sessionId: "s6", updatedAt: at, sessionFile: "s5.jsonl" },
      }),
      "s1.jsonl": transcript("s1"),
      "s2-topic-5.jsonl": transcript("s2"),
      "s3.jsonl": transcript("s3"),
      "s4.jsonl": transcript("s4"),
      "s5.jsonl": transcript("s5"),
    },
    paths,
  );
  expect(JSON.parse(text)).toEqual({
    a: { sessionId: "s1", updatedAt: at, x: 1 },
    b: { sessionId: "s2", updatedAt: at, sessionFile: "s2-topic-5.jsonl" },
    c: { sessionId: "s3", updatedAt: at },
    d: { sessionId: "s4", updatedAt: at },
    e: { sessionId: "s5", updatedAt: at, sessionFile: `${here}/s5.jsonl` },
    f: { sessionId: "s6", updatedAt: at, sessionFile: "s5.jsonl" },
  });
  expect(mends.map(({ key, reasons }) => [key, ...reasons])).toEqual([
    ["a", "session-file-relocated"],
    ["b", "session-file-relocated"],
    ["c", "session-file-stale"],
    ["d", "session-file-unsafe"],
  ]);
});

test("a file elsewhere that exists is somebody's", async () => {
  const files = {
    "sessions.json": indexOf({ a: { sessionId: "s1", updatedAt: at, sessionFile: `${here}/sub/x.jsonl` } }),
  };
  const { mends } = await mendedStore(
    { ...files, "sub/x.jsonl": transcript("s1"), "s1.jsonl": transcript("s1") },
    paths,
  );
  expect(mends).toEqual([]);
});

const checkpoint = (path: string) => ({
  checkpointId: "c",
  preCompaction: { sessionId: "s1", sessionFile: path },
});

test("checkpoints name their files where they are", async () => {
  const { text } = await mendedStore(
    {
      "sessions.json": indexOf({
        a: {
          sessionId: "s1",
          updatedAt: at,
          compactionCheckpoints: [checkpoint("/node/s0.jsonl"), checkpoint("/node/gone.jsonl")],
        },
      }),
      "s0.jsonl": transcript("s0"),
      "s1.jsonl": transcript("s1"),
    },
    paths,
  );
  expect(JSON.parse(text).a.compactionCheckpoints).toEqual([
    checkpoint(`${here}/s0.jsonl`),
    checkpoint("/node/gone.jsonl"),
  ]);
});

test("a directory that moved: in rows, headers and pointers, at the boundaries of its name", async () => {
  const before = {
    a: {
      sessionId: "s1",
      updatedAt: at,
      spawnedCwd: "/home/node/work",
      spawnedWorkspaceDir: "/home/nodes/work",
      acp: { backend: "x", cwd: "/home/node", runtimeOptions: { cwd: "/home/node/b", model: "m" } },
      label: "/home/node/not a path field",
    },
  };
  const pointer = '{"traceSchema":"p","runtimeFile":"/home/node/t.jsonl","n":1.0}';
  const second = '{"type":"message","cwd":"/home/node/work"}\n';
  const { text, after, mends } = await mendedStore(
    {
      "sessions.json": indexOf(before),
      "s1.jsonl": transcript("s1", { cwd: "/home/node/work" }) + second,
      "s2.jsonl": transcript("s2", { cwd: "/home/nodes" }),
      "s3.jsonl": '{"type":"session","id":"s3","cwd": "/home/node" , "x":1.50}\r\nrest',
      "s1.trajectory-path.json": pointer,
    },
    { domains: ["paths"], rebase: { from: "/home/node", to: "/home/ann" } },
  );
  expect(JSON.parse(text).a).toEqual({
    ...before.a,
    spawnedCwd: "/home/ann/work",
    acp: { backend: "x", cwd: "/home/ann", runtimeOptions: { cwd: "/home/ann/b", model: "m" } },
  });
  const contentOf = (name: string) => after.get(`main/sessions/${name}`)?.split(" ").slice(2).join(" ");
  expect(contentOf("s1.jsonl")).toBe(transcript("s1", { cwd: "/home/ann/work" }) + second);
  expect(contentOf("s2.jsonl")).toBe(transcript("s2", { cwd: "/home/nodes" }));
  expect(contentOf("s3.jsonl")).toBe('{"type":"session","id":"s3","cwd": "/home/ann" , "x":1.50}\r\nrest');
  expect(contentOf("s1.trajectory-path.json")).toBe(pointer.replace("/home/node", "/home/ann"));
  expect(mends.map(({ what }) => what)).toEqual([
    "paths-rebased",
    "header-rebased",
    "header-rebased",
    "header-rebased",
  ]);
});

test("what is locked is left alone", async () => {
  const lock = `${JSON.stringify({ pid: 7, createdAt: "2026-10-20T10:00:00.000Z" })}\n`;
  const host = { "s1.jsonl.lock": lock };
  const { mends } = await mendedStore(
    {
      "sessions.json": indexOf({ a: { sessionId: "s1", updatedAt: at, sessionFile: "/node/s1.jsonl" } }),
      "s1.jsonl": transcript("s1", { cwd: "/node" }),
      ...host,
    },
    { domains: ["paths"], rebase: { from: "/node", to: "/x" }, alive: [7] },
  );
  expect(mends).toEqual([]);
});
