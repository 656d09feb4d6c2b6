import { scanIndex } from "@sessionsmith/core";
import { writeTree } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { findSessions } from "../../src/find/find-sessions.ts";
import { previewSessions } from "../../src/preview/preview-sessions.ts";
import { diskWith, scopeOn, sessionsDir, transcript } from "../change/changed-store.ts";

const rows = {
  "agent:main:main": { sessionId: "s1" },
  "agent:main:empty": { sessionId: "s2" },
  "agent:main:missing": { sessionId: "s3" },
  "agent:main:link": { sessionId: "s4" },
};
const say = (role: string, content: string) => ({ type: "message", message: { role, content } });

test("each session shows its last messages, or why not", () => {
  const files = {
    "s1.jsonl": transcript("s1", say("user", "one"), say("assistant", "two"), say("user", "three")),
    "s2.jsonl": transcript("s2"),
  };
  const fs = diskWith({ rows, files });
  writeTree(fs, sessionsDir, { "s4.jsonl": { symlink: "s1.jsonl" } });
  const { host, settings, target } = scopeOn(fs);
  const scan = scanIndex(Buffer.from(JSON.stringify(rows)));
  if (!scan.readable) throw new Error("the index of this test is not readable");
  const stores = [{ target, document: scan.document }];
  const asked = ["main", "agent:main:empty", "agent:main:missing", "agent:main:link", "agent:main:none"].map(
    (key) => ({
      key,
      found: findSessions(stores, { text: key, as: "key" }, settings)[0],
    }),
  );
  expect(previewSessions(host, asked, { limit: 2, maxChars: 3 })).toEqual([
    {
      key: "main",
      status: "ok",
      items: [
        { role: "assistant", text: "two" },
        { role: "user", text: "thr" },
      ],
    },
    { key: "agent:main:empty", status: "empty", items: [] },
    { key: "agent:main:missing", status: "empty", items: [] },
    { key: "agent:main:link", status: "error", items: [] },
    { key: "agent:main:none", status: "missing", items: [] },
  ]);
});
