import { formatArchiveStamp } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import type { CleanupPolicy } from "../../src/cleanup-policy.ts";
import { expiredArchives } from "../../src/passes/expired-archives.ts";
import { aFileView, fatesOf } from "../file-view-builder.ts";
import { dayMs, now } from "../snapshot-builder.ts";
import type { StoreSketch } from "../snapshot-builder.ts";

const archive = (reason: string, days: number): string =>
  `a.jsonl.${reason}.${formatArchiveStamp(now - days * dayMs)}`;

function fates(
  files: StoreSketch["files"],
  policy: Partial<CleanupPolicy> = {},
  sketch: StoreSketch = {},
): Record<string, string> {
  return fatesOf(expiredArchives, aFileView({ ...sketch, files: files ?? {} }, { policy }));
}

test("the stamp in the name tells the age, not the time of the file", () => {
  const fresh = { mtimeNs: BigInt(now) * 1_000_000n };
  expect(fates({ [archive("deleted", 31)]: fresh, [archive("deleted", 30)]: {} })).toEqual({
    [archive("deleted", 31)]: "trash: expired-archive:deleted",
    [archive("deleted", 30)]: "keep: within-retention",
  });
});

test(".reset. has a retention of its own, and null is for ever", () => {
  const files = { [archive("reset", 8)]: {}, [archive("reset", 6)]: {}, [archive("deleted", 8)]: {} };
  expect(fates(files, { resetArchiveRetentionMs: 7 * dayMs })).toEqual({
    [archive("reset", 8)]: "trash: expired-archive:reset",
    [archive("reset", 6)]: "keep: within-retention",
    [archive("deleted", 8)]: "keep: within-retention",
  });
  expect(fates({ [archive("reset", 8000)]: {} }, { resetArchiveRetentionMs: null })).toEqual({
    [archive("reset", 8000)]: "keep: kept-for-ever",
  });
});

test("a stamp that is no time, or that lies in the future, stays", () => {
  expect(fates({ "a.jsonl.deleted.2026-02-30T00-00-00.000Z": {}, [archive("deleted", -400)]: {} })).toEqual({
    "a.jsonl.deleted.2026-02-30T00-00-00.000Z": "keep: no-time-in-name",
    [archive("deleted", -400)]: "keep: within-retention",
  });
});

test("backups of all kinds are left to the disk budget", () => {
  const files = { [archive("bak", 900)]: {}, "a.jsonl.bak-7-1000": {}, "sessions.json.bak.1": {} };
  expect(fates(files)).toEqual({});
});

describe("what holds an expired archive", () => {
  const name = archive("deleted", 99);
  test.each<[string, StoreSketch]>([
    ["referenced", { rows: { stays: { sessionId: "x", sessionFile: name } } }],
    ["referenced-elsewhere", { protectedElsewhere: [name] }],
    ["references-unknown", { unread: ["/other/sessions.json"] }],
    ["not-a-regular-file", { files: { [name]: { kind: "symlink" } } }],
    ["hard-linked", { files: { [name]: { nlink: 2 } } }],
  ])("%s", (reason, sketch) => {
    const files = sketch.files ?? { [name]: {} };
    expect(fates(files, {}, sketch)).toEqual({ [name]: `keep: ${reason}` });
  });

  test("not a row that leaves, which can't keep it either", () => {
    const rows = { leaves: { sessionId: "x", sessionFile: name } };
    expect(fates({ [name]: {} }, {}, { rows })).toEqual({ [name]: "trash: expired-archive:deleted" });
  });
});
