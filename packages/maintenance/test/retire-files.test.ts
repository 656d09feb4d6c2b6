import type { RowDecision } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { fileMoves } from "../src/file-moves.ts";
import { retireFiles } from "../src/retire-files.ts";
import { aSnapshot, rowAged } from "./snapshot-builder.ts";
import type { StoreSketch } from "./snapshot-builder.ts";

/** What becomes of each file if the rows named `leaves…` leave, as `action: reasons`. */
function fates(sketch: StoreSketch): Record<string, string> {
  const snapshot = aSnapshot(sketch);
  const decisions = snapshot.rows.map(({ row: { key, sessionId } }): RowDecision => {
    return {
      key,
      sessionId,
      action: key.startsWith("leaves") ? "prune-stale" : "keep",
      reasons: [],
      ageMs: 0,
    };
  });
  const files = retireFiles(snapshot, decisions);
  const moves = fileMoves(files, snapshot);
  const leaving = files.filter(({ action }) => action !== "keep");
  expect(moves.map(({ from, to }) => [from, to.as])).toEqual(
    leaving.map(({ name, action }) => [name, action === "trash" ? "trash" : "archive"]),
  );
  return Object.fromEntries(
    files.map(({ name, action, reasons }) => [name, `${action}: ${reasons.join(", ")}`]),
  );
}

const archived = "archive-deleted: prune-stale";
const trashed = "trash: prune-stale";

describe("retireFiles", () => {
  test("a transcript goes to the archive, its sidecars to the trash", () => {
    const files = {
      "s1.jsonl": {},
      "s1-topic-4.jsonl": {},
      "s1.trajectory.jsonl": {},
      "s1.trajectory-path.json": {},
      "s1.jsonl.codex-app-server.json": {},
      "s1.checkpoint.0a7b6b7e-3f1c-4d3a-9d5e-7f3f0c1b2a3d.jsonl": {},
      "s2.jsonl": {},
    };
    expect(fates({ rows: { leaves: rowAged(60) }, files })).toEqual({
      "s1.jsonl": archived,
      "s1-topic-4.jsonl": archived,
      "s1.trajectory.jsonl": trashed,
      "s1.trajectory-path.json": trashed,
      "s1.jsonl.codex-app-server.json": trashed,
      "s1.checkpoint.0a7b6b7e-3f1c-4d3a-9d5e-7f3f0c1b2a3d.jsonl": archived,
    });
  });

  test("the move expects the file that was seen", () => {
    const snapshot = aSnapshot({
      rows: { a: rowAged(60) },
      files: { "s1.jsonl": { ino: 2n ** 63n, size: 5, mtimeNs: -1n } },
    });
    const files = retireFiles(snapshot, [
      { key: "a", sessionId: "s1", action: "prune-stale", reasons: [], ageMs: 0 },
    ]);
    expect(fileMoves(files, snapshot)).toEqual([
      {
        kind: "move-file",
        phase: "retire",
        from: "s1.jsonl",
        to: { as: "archive", reason: "deleted" },
        expect: { dev: "7", ino: "9223372036854775808", size: 5, mtimeNs: "-1" },
        reason: "prune-stale",
      },
    ]);
  });

  test("a file that a row that stays names by its sessionFile stays", () => {
    const rows = { leaves: rowAged(60), stays: { sessionId: "s2", sessionFile: "s1.jsonl" } };
    expect(fates({ rows, files: { "s1.jsonl": {}, "s1.trajectory.jsonl": {} } })).toEqual({
      "s1.jsonl": "keep: referenced-by-another-row",
      "s1.trajectory.jsonl": "keep: referenced-by-another-row",
    });
  });

  test("a file that two leaving rows share leaves once", () => {
    expect(
      fates({ rows: { leaves1: rowAged(60), leaves2: rowAged(70) }, files: { "s1.jsonl": {} } }),
    ).toEqual({
      "s1.jsonl": archived,
    });
  });

  test("no file leaves while something that may reference it can't be read", () => {
    const sketch = {
      rows: { leaves: rowAged(60) },
      files: { "s1.jsonl": {}, "s1.trajectory.jsonl": {} },
      unread: ["/state/agents/office/sessions/sessions.json"],
    };
    expect(fates(sketch)).toEqual({
      "s1.jsonl": "keep: references-unknown",
      "s1.trajectory.jsonl": "keep: references-unknown",
    });
  });

  test.each([
    ["referenced-elsewhere", { protectedElsewhere: ["s1.jsonl"] }],
    ["not-a-regular-file", { files: { "s1.jsonl": { kind: "symlink" }, "s1.trajectory.jsonl": {} } }],
    ["not-a-regular-file", { files: { "s1.jsonl": { kind: "directory" }, "s1.trajectory.jsonl": {} } }],
    ["hard-linked", { files: { "s1.jsonl": { nlink: 2 }, "s1.trajectory.jsonl": {} } }],
  ] as const)("%s: the transcript stays, and its sidecar with it", (reason, odd) => {
    const sketch = {
      rows: { leaves: rowAged(60) },
      files: { "s1.jsonl": {}, "s1.trajectory.jsonl": {} },
      ...odd,
    };
    expect(fates(sketch)).toEqual({
      "s1.jsonl": `keep: ${reason}`,
      "s1.trajectory.jsonl": "keep: transcript-stays",
    });
  });

  test("a sidecar of a transcript that is gone leaves", () => {
    expect(fates({ rows: { leaves: rowAged(60) }, files: { "s1.trajectory.jsonl": {} } })).toEqual({
      "s1.trajectory.jsonl": trashed,
    });
  });

  test("a sidecar of a transcript that no row explains stays", () => {
    const rows = { leaves: { sessionId: "s1", sessionFile: "s9.trajectory.jsonl" } };
    const files = { "s9.jsonl": {}, "s9.trajectory.jsonl": {} };
    expect(fates({ rows, files })).toEqual({ "s9.trajectory.jsonl": "keep: transcript-stays" });
  });

  test("what somebody has locked stays, a dead lock does not matter", () => {
    const rows = { leaves: rowAged(60) };
    const files = { "s1.jsonl": {}, "s1.jsonl.lock": {} };
    expect(fates({ rows, files })).toEqual({
      "s1.jsonl": archived,
      "s1.jsonl.lock": "keep: neither-transcript-nor-sidecar",
    });
    expect(fates({ rows, files, locked: ["leaves"] })).toEqual({
      "s1.jsonl": "keep: locked",
      "s1.jsonl.lock": "keep: locked",
    });
  });

  test.each(["notes.txt", "s1.jsonl.deleted.2026-01-01T00-00-00.000Z", "sessions.json.bak.1"])(
    "a row can't take %s with it by naming it",
    (name) => {
      const rows = { leaves: { sessionId: "s1", sessionFile: name } };
      expect(fates({ rows, files: { [name]: {} } })).toEqual({
        [name]: "keep: neither-transcript-nor-sidecar",
      });
    },
  );

  test("if no row leaves, no file is looked at", () => {
    expect(fates({ rows: { stays: rowAged(60) }, files: { "s1.jsonl": {} } })).toEqual({});
  });
});
