import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { scanIndex } from "../../src/session-index/scan-index.ts";
import { type OtherIndex, protectFromOtherIndexes } from "../../src/snapshot/other-indexes.ts";
import { failingFs, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

function otherIndex(indexPath: string, rows: Record<string, unknown>): OtherIndex {
  const scan = scanIndex(Buffer.from(JSON.stringify(rows)), indexPath);
  if (!scan.readable) throw new Error("the index of the test is not readable");
  return { indexPath, document: scan.document };
}

/** The names here that the rows of an index at `indexPath` protect. */
function protectedBy(indexPath: string, rows: Record<string, unknown>, fs = nodeReadFs): string[] {
  dir.index({});
  return [...protectFromOtherIndexes(fs, dir.scan(), [otherIndex(indexPath, rows)])].toSorted();
}

describe("an index in the same directory", () => {
  const rows = { k: { sessionId: "a", usageFamilySessionIds: ["b"] } };

  test("references as the store's own does", () => {
    dir.files("a.jsonl", "a.trajectory.jsonl", "b.jsonl", "c.jsonl");
    expect(protectedBy(dir.at("second.json"), rows)).toEqual(["a.jsonl", "a.trajectory.jsonl", "b.jsonl"]);
  });

  test("also if it is reached through a link", () => {
    dir.files("a.jsonl");
    symlinkSync("sessions", dir.outside("link"));
    expect(protectedBy(dir.outside("link/second.json"), rows)).toEqual(["a.jsonl"]);
  });
});

/** Makes a directory beside the store's; returns the path of an index in it. */
function elsewhere(): string {
  mkdirSync(dir.outside("other"), { recursive: true });
  return dir.outside("other/sessions.json");
}

describe("an index elsewhere", () => {
  test("references the paths that lead here, with the sidecars", () => {
    dir.files("a.jsonl", "a.trajectory.jsonl", "b.jsonl", "c.jsonl", "d.jsonl");
    const checkpoint = { preCompaction: { sessionId: "none", sessionFile: "../sessions/b.jsonl" } };
    expect(
      protectedBy(elsewhere(), {
        k: { sessionId: "c", sessionFile: dir.at("a.jsonl"), compactionCheckpoints: [checkpoint] },
        unsafe: { sessionFile: "d\0.jsonl" },
      }),
    ).toEqual(["a.jsonl", "a.trajectory.jsonl", "b.jsonl"]);
  });

  test("references what its own links lead to", () => {
    dir.files("a.jsonl", "b.jsonl");
    const index = elsewhere();
    symlinkSync("../sessions/b.jsonl", join(index, "../linked.jsonl"));
    expect(protectedBy(index, { k: { sessionId: "linked" } })).toEqual(["b.jsonl"]);
  });

  test("does not reference what merely has the same session id", () => {
    dir.files("a.jsonl");
    const index = elsewhere();
    dir.files("../other/a.jsonl");
    expect(protectedBy(index, { k: { sessionId: "a" } })).toEqual([]);
  });

  test("references the same name here, if its own file can't be looked at", () => {
    dir.files("a.jsonl");
    const index = elsewhere();
    const fs = failingFs("stat", join(index, "../a.jsonl"), "EACCES");
    expect(protectedBy(index, { k: { sessionId: "a" } }, fs)).toEqual(["a.jsonl"]);
  });

  test("whose directory is gone references nothing", () => {
    dir.files("a.jsonl");
    expect(protectedBy(dir.outside("gone/sessions.json"), { k: { sessionId: "a" } })).toEqual([]);
  });
});
