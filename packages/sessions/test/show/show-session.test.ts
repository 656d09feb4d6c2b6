import { scanIndex } from "@sessionsmith/core";
import { writeTree } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { findSessions } from "../../src/find/find-sessions.ts";
import { showSession } from "../../src/show/show-session.ts";
import { diskWith, now, scopeOn, sessionsDir, transcript } from "../change/changed-store.ts";

const lease = { user: "ann", ttlSeconds: 5, expiresAt: now - 1, meta: { a: 1 } };
const rows = {
  "agent:main:main": {
    sessionId: "s1",
    updatedAt: 1_790_000_000,
    label: "Ann",
    pluginExtensions: { sessionsmith: { lease } },
  },
  "agent:main:gone": { sessionId: "s2" },
  "agent:main:none": {},
  "agent:main:odd": { sessionId: "s3" },
  bad: 7,
};

function shown(key: string) {
  const fs = diskWith({ rows, files: { "s1.jsonl": transcript("s1") } });
  writeTree(fs, sessionsDir, { "s3.jsonl": { directory: true } });
  const { host, settings, target } = scopeOn(fs);
  const scan = scanIndex(Buffer.from(JSON.stringify(rows)));
  if (!scan.readable) throw new Error("the index of this test is not readable");
  const [found] = findSessions([{ target, document: scan.document }], { text: key }, settings);
  if (found === undefined) throw new Error("not found");
  return showSession(host, found, { settings, now });
}

test("all that a row says, with its lease and where its transcript is", () => {
  expect(shown("main")).toMatchObject({
    key: "agent:main:main",
    agentId: "main",
    kind: "main",
    sessionId: "s1",
    label: "Ann",
    title: "Ann",
    updatedAt: 1_790_000_000_000,
    status: "expired",
    lease: {
      user: "ann",
      ttlSeconds: 5,
      expiresAt: now - 1,
      expiredAt: null,
      lastAccessAt: null,
      meta: { a: 1 },
    },
    transcript: { state: "present", path: `${sessionsDir}/s1.jsonl`, bytes: transcript("s1").length },
    rowFinding: null,
    entry: rows["agent:main:main"],
  });
});

test.each([
  ["agent:main:gone", "missing", `${sessionsDir}/s2.jsonl`],
  ["agent:main:none", "unnamed", null],
  ["agent:main:odd", "unknown", `${sessionsDir}/s3.jsonl`],
])("the transcript of %s is %s", (key, state, path) => {
  expect(shown(key).transcript).toMatchObject({ state, path, bytes: null });
});

test("a row that is not understood says only why", () => {
  expect(shown("bad")).toMatchObject({
    key: "bad",
    sessionId: null,
    entry: {},
    rowFinding: "row-not-object",
  });
});
