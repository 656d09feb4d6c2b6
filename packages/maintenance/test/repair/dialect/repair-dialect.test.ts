import { expect, test } from "vitest";
import { mendedStore } from "../mended-store.ts";
import { indexOf } from "../transcripts.ts";

const at = Date.UTC(2026, 9, 20, 10);

test("rows of openclaw-python become rows of OpenClaw; what nobody knows stays as it is", async () => {
  const { text, mends } = await mendedStore(
    {
      "sessions.json": indexOf({
        "agent:main:a": {
          session_id: "s1",
          updated_at: at,
          session_file: "s1.jsonl",
          label: null,
          chat_type: "direct",
          x_y: 1,
        },
        "agent:main:b": { sessionId: "s2", updatedAt: at, label: null },
        "agent:main:c": {
          sessionId: "s3",
          session_id: "s4",
          updated_at: at,
          origin: { account_id: "1", from_: "2" },
        },
      }),
      "s1.jsonl": "",
    },
    { domains: ["dialect"] },
  );
  expect(JSON.parse(text)).toEqual({
    "agent:main:a": { sessionId: "s1", updatedAt: at, sessionFile: "s1.jsonl", chatType: "direct", x_y: 1 },
    "agent:main:b": { sessionId: "s2", updatedAt: at, label: null },
    "agent:main:c": {
      sessionId: "s3",
      session_id: "s4",
      updatedAt: at,
      origin: { accountId: "1", from: "2" },
    },
  });
  expect(mends.map(({ key }) => key)).toEqual(["agent:main:a", "agent:main:c"]);
});

test("a time in another unit is the same moment in milliseconds; what nobody can tell stays", async () => {
  const { text } = await mendedStore(
    {
      "sessions.json": indexOf({
        a: { sessionId: "s1", updatedAt: at / 1000 },
        b: { sessionId: "s2", updatedAt: "2026-10-20T10:00:00Z" },
        c: { session_id: "s3", updated_at: at * 1000 },
        d: { sessionId: "s4", updatedAt: "2026-10-20T10:00:00" },
        e: { sessionId: "s5", updatedAt: 0 },
        f: { sessionId: "s6", updatedAt: 7 },
      }),
    },
    { domains: ["dialect"] },
  );
  expect(Object.values(JSON.parse(text)).map((row) => Object(row).updatedAt)).toEqual([
    at,
    at,
    at,
    "2026-10-20T10:00:00",
    0,
    7,
  ]);
});
