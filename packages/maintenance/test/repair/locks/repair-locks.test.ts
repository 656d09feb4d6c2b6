import { expect, test } from "vitest";
import { mendedStore } from "../mended-store.ts";
import { transcript } from "../transcripts.ts";

const lock = (pid: number) =>
  `${JSON.stringify({ pid, createdAt: "2026-10-20T10:00:00.000Z", starttime: 5 }, undefined, 1)}\n`;
const old = BigInt(Date.UTC(2026, 9, 1)) * 1_000_000n;
const young = BigInt(Date.UTC(2026, 10, 21)) * 1_000_000n;

test("locks that nobody holds leave; who holds the others is told", async () => {
  const { after, mends, unmended } = await mendedStore(
    {
      "sessions.json": "{}",
      "sessions.json.lock": '{"pid":5,"startedAt":1}',
      "a.jsonl": transcript("a"),
      "a.jsonl.lock": lock(5),
      "b.jsonl.lock": lock(7),
      "c.jsonl.lock": { content: "", mtimeNs: old },
      "d.jsonl.lock": { content: "", mtimeNs: young },
      "e.jsonl.lock": { directory: true },
    },
    { domains: ["locks"], alive: [7] },
  );
  expect(mends.map(({ file, reasons }) => [file, ...reasons])).toEqual([
    ["a.jsonl.lock", "holder-dead", "process:5"],
    ["c.jsonl.lock", "no-holder"],
    ["sessions.json.lock", "holder-dead", "process:5"],
  ]);
  expect(unmended.map(({ file, reasons }) => [file, ...reasons])).toEqual([
    ["b.jsonl.lock", "holder-alive", "process:7"],
    ["d.jsonl.lock", "young"],
    ["e.jsonl.lock", "not-a-plain-file"],
  ]);
  expect([...after.keys()]).toEqual([
    "main/sessions/a.jsonl",
    "main/sessions/b.jsonl.lock",
    "main/sessions/d.jsonl.lock",
    "main/sessions/sessions.json",
  ]);
});
