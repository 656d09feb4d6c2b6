import { symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { readOrphanClues } from "../../src/transcripts/orphan-clues.ts";
import { failingFs, useStoreDir } from "../snapshot/store-dir.ts";

const dir = useStoreDir();
const header = (more: object = {}): string =>
  `${JSON.stringify({ type: "session", version: 3, id: "x", ...more })}\n`;
const said = (text: unknown, role = "user"): string =>
  `${JSON.stringify({ type: "message", message: { role, content: text } })}\n`;

function clues(content: string, fs = nodeReadFs): unknown {
  dir.write("a.jsonl", content);
  return readOrphanClues(fs, dir.at("."), ["a.jsonl"]).get("a.jsonl");
}

const session = { state: "session", parentSession: undefined, beganAs: undefined };

describe("what a transcript says of itself", () => {
  test.each<[string, string, object]>([
    ["a header alone", header(), session],
    ["a fork", header({ parentSession: "/x/p.jsonl" }), { ...session, parentSession: "/x/p.jsonl" }],
    ["a person's", header() + said("hello [cron:x]"), session],
    ["a job's", header() + said("[cron:1-2 nightly] go"), { ...session, beganAs: "cron-run" }],
    [
      "a job's with a date",
      header() + said("[Wed 2026-02-18 16:43 GMT+1] [cron:1 n] go"),
      { ...session, beganAs: "cron-run" },
    ],
    [
      "a sub-agent's",
      header() + said([{ type: "text", text: "[Wed 2026-02-18 16:43 UTC] [Subagent Context] You" }]),
      { ...session, beganAs: "subagent" },
    ],
    ["one that an assistant opens so", header() + said("[cron:1 n]", "assistant"), session],
    ["no header", said("hello"), { state: "no-header" }],
    ["an empty file", "", { state: "no-header" }],
    ["a torn header", '{"type":"session","id":"x', { state: "unknown" }],
    ["a newer version", header({ version: 9 }), { state: "unknown" }],
  ])("%s", (_name, content, origin) => {
    expect(clues(content)).toEqual({ origin, trajectoryKey: undefined });
  });

  test("one that can't be read is unknown, one that is gone is left out", () => {
    expect(clues(header(), failingFs("withFile", dir.at("a.jsonl"), "EIO"))).toMatchObject({
      origin: { state: "unknown" },
    });
    symlinkSync("a.jsonl", dir.at("link.jsonl"));
    const found = readOrphanClues(nodeReadFs, dir.at("."), ["gone.jsonl", "link.jsonl"]);
    expect([...found]).toEqual([["link.jsonl", { origin: { state: "unknown" }, trajectoryKey: undefined }]]);
  });
});

describe("the key that the trajectory beside it names", () => {
  test.each<[string, string, string | undefined]>([
    ["on its first line", '{"sessionKey":"agent:main:cron:1"}\n{"sessionKey":"no"}\n', "agent:main:cron:1"],
    ["none", '{"traceSchema":"openclaw-trajectory"}\n', undefined],
    ["not a text", '{"sessionKey":7}\n', undefined],
    ["not JSON", "{", undefined],
    ["empty", "", undefined],
  ])("%s", (_name, content, trajectoryKey) => {
    dir.write("a.trajectory.jsonl", content);
    expect(clues(header())).toEqual({ origin: session, trajectoryKey });
  });

  test("one that can't be read names none", () => {
    dir.write("a.trajectory.jsonl", '{"sessionKey":"k"}\n');
    expect(clues(header(), failingFs("withFile", dir.at("a.trajectory.jsonl"), "EIO"))).toEqual({
      origin: session,
      trajectoryKey: undefined,
    });
  });
});
