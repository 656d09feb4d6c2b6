import { execFileSync } from "node:child_process";
import { lutimesSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import type { Host } from "../../src/disk/host.ts";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { scanTranscriptLocks } from "../../src/snapshot/scan-transcript-locks.ts";
import { readSessionsDirectory, type SessionsDirectory } from "../../src/snapshot/sessions-directory.ts";
import { openStorePlace } from "../../src/snapshot/store-place.ts";
import { failingFs, nowMs, processTable, testHost, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();
const hour = 60 * 60_000;

function read(fs = nodeReadFs): SessionsDirectory {
  const directory = readSessionsDirectory(fs, openStorePlace(nodeReadFs, dir.target()));
  if (directory === undefined) throw new Error("the test's directory is gone");
  return directory;
}

function scan(host: Partial<Host> = {}, directory = read()): { held: string[]; findings: unknown[] } {
  const { held, findings } = scanTranscriptLocks(testHost(host), dir.at(""), directory);
  return {
    held: [...held],
    findings: findings.map(({ id, details }) => [id, details?.["why"], details?.["pid"]]),
  };
}

test("judges each lock by its holder", () => {
  dir.write("a.jsonl.lock", '{"pid":11,"starttime":5}', hour);
  dir.write("b.jsonl.lock", '{"pid":12}', 0);
  dir.write("c.jsonl.lock", "", 0);
  dir.write("d.jsonl.lock", "garbage", hour);
  dir.write("sessions.json.lock", "garbage", 0);
  expect(scan({ processes: processTable({ 11: { state: "alive", startTicks: 5 } }) })).toEqual({
    held: ["a.jsonl.lock", "c.jsonl.lock"],
    findings: [
      ["transcript-lock-live", "holder-alive", 11],
      ["transcript-lock-stale", "holder-dead", 12],
      ["transcript-lock-live", "young", null],
      ["transcript-lock-stale", "no-holder", null],
    ],
  });
});

test("a lock that is too long to be one names no holder, and is not loaded", () => {
  dir.write("a.jsonl.lock", `{"pid":11,"x":"${"x".repeat(65_536)}"}`, hour);
  expect(scan({ processes: processTable({ 11: { state: "alive" } }) }).held).toEqual([]);
});

test("what is no regular file is not opened, and goes by its age", () => {
  execFileSync("mkfifo", [dir.at("a.jsonl.lock")]);
  mkdirSync(dir.at("b.jsonl.lock"));
  symlinkSync("nowhere", dir.at("c.jsonl.lock"));
  for (const name of ["a.jsonl.lock", "b.jsonl.lock", "c.jsonl.lock"]) {
    lutimesSync(dir.at(name), (nowMs - hour) / 1000, (nowMs - hour) / 1000);
  }
  expect(scan()).toEqual({
    held: [],
    findings: Array.from({ length: 3 }, () => ["transcript-lock-stale", "no-holder", null]),
  });
});

test("a lock that can't be read counts as held", () => {
  dir.write("a.jsonl.lock", '{"pid":12}', hour);
  expect(scan({ fs: failingFs("withFile", dir.at("a.jsonl.lock"), "EACCES") }).held).toEqual([
    "a.jsonl.lock",
  ]);
  expect(scan({}, read(failingFs("lstat", dir.at("a.jsonl.lock"), "EIO"))).held).toEqual(["a.jsonl.lock"]);
});

test("a lock that is gone meanwhile is none", () => {
  dir.write("a.jsonl.lock", '{"pid":11}', hour);
  const directory = read();
  rmSync(dir.at("a.jsonl.lock"));
  expect(scan({ processes: processTable({ 11: { state: "alive" } }) }, directory)).toEqual({
    held: [],
    findings: [],
  });
});
