import type { FileFact, OrphanClues } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import type { CleanupPolicy } from "../../src/cleanup-policy.ts";
import { orphanArtifacts } from "../../src/passes/orphan-artifacts.ts";
import { aFileView, cluesWith, fatesOf, plainSession } from "../file-view-builder.ts";
import { dayMs, hourMs, now } from "../snapshot-builder.ts";
import type { StoreSketch } from "../snapshot-builder.ts";

const uuid = "0a7b6b7e-3f1c-4d3a-9d5e-7f3f0c1b2a3d";
const aged = (ms: number): Partial<FileFact> => ({ mtimeNs: BigInt(now - ms) * 1_000_000n });

function fates(
  sketch: StoreSketch,
  orphans: Readonly<Record<string, OrphanClues>> = {},
  policy: Partial<CleanupPolicy> = {},
): Record<string, string> {
  return fatesOf(orphanArtifacts, aFileView(sketch, { orphans, policy }));
}

describe("what is an artifact", () => {
  test("every kind that no row references, and none that one does", () => {
    const ends = [
      ".jsonl",
      ".trajectory.jsonl",
      ".trajectory-path.json",
      ".jsonl.codex-app-server.json",
      `.checkpoint.${uuid}.jsonl`,
    ];
    const names = ["s1", "o"].flatMap((stem) => ends.map((end) => `${stem}${end}`));
    const files = Object.fromEntries(names.map((name) => [name, {}]));
    expect(fates({ rows: { stays: { sessionId: "s1" } }, files })).toEqual({
      "o.jsonl": "trash: orphan:unexplained",
      "o.trajectory.jsonl": "trash: orphan:trajectory",
      "o.trajectory-path.json": "trash: orphan:trajectory-pointer",
      "o.jsonl.codex-app-server.json": "trash: orphan:codex-binding",
      [`o.checkpoint.${uuid}.jsonl`]: "trash: orphan:checkpoint",
    });
  });

  test("not files of others, locks, archives and backups", () => {
    const names = [
      "notes.txt",
      "o.jsonl.lock",
      "o.jsonl.bak-1-2",
      "sessions.json.bak.7",
      "o.jsonl.bak.2020-01-01T00-00-00.000Z",
      "other.json",
    ];
    expect(fates({ files: Object.fromEntries(names.map((name) => [name, {}])) })).toEqual({});
  });

  test("a file that is only called like a transcript stays", () => {
    const files = { "notes.jsonl": {}, "torn.jsonl": {}, "unread.jsonl": {} };
    const orphans: Record<string, OrphanClues> = {
      "notes.jsonl": { ...plainSession, origin: { state: "no-header" } },
      "torn.jsonl": { ...plainSession, origin: { state: "unknown" } },
    };
    const view = aFileView({ files }, { orphans });
    const read = new Map([...view.facts.orphans].filter(([name]) => name !== "unread.jsonl"));
    expect(fatesOf(orphanArtifacts, { ...view, facts: { ...view.facts, orphans: read } })).toEqual({
      "notes.jsonl": "keep: not-a-session",
      "torn.jsonl": "keep: header-not-understood",
      "unread.jsonl": "keep: header-not-read",
    });
  });
});

describe("its class is the reason", () => {
  test.each<[string, OrphanClues, string]>([
    ["the trajectory names a job", cluesWith({}, "agent:main:cron:1:run:2"), "cron-run"],
    ["the trajectory names a sub-agent", cluesWith({}, "agent:main:subagent:2"), "subagent"],
    ["the trajectory names a key of the index", cluesWith({}, "agent:main:main"), "older-generation"],
    ["the trajectory names a key that is gone", cluesWith({}, "agent:main:direct:9"), "unexplained"],
    ["a job began it", cluesWith({ beganAs: "cron-run" }), "cron-run"],
    ["a session began it", cluesWith({ beganAs: "subagent" }), "subagent"],
    ["it was forked", cluesWith({ parentSession: "/x/gone.jsonl" }), "fork"],
    ["nothing tells", plainSession, "unexplained"],
  ])("%s", (_name, clues, orphanClass) => {
    const rows = { "agent:main:main": { sessionId: "s1" } };
    expect(fates({ rows, files: { "o.jsonl": {} } }, { "o.jsonl": clues })).toEqual({
      "o.jsonl": `trash: orphan:${orphanClass}`,
    });
  });

  test("one that was archived before is an older generation, one that was forked is a parent", () => {
    const files = {
      "o.jsonl": {},
      "p.jsonl": {},
      "c.jsonl": {},
      "o.jsonl.reset.2026-01-01T00-00-00.000Z": {},
    };
    expect(fates({ files }, { "c.jsonl": cluesWith({ parentSession: "p" }) })).toEqual({
      "o.jsonl": "trash: orphan:older-generation",
      "p.jsonl": "trash: orphan:fork-parent",
      "c.jsonl": "trash: orphan:fork",
    });
  });
});

describe("how old it must be", () => {
  test("older than pruneAfter", () => {
    const files = { "old.jsonl": aged(30 * dayMs + 1), "new.jsonl": aged(30 * dayMs) };
    expect(fates({ files })).toEqual({
      "old.jsonl": "trash: orphan:unexplained",
      "new.jsonl": "keep: orphan:unexplained, within-prune-after",
    });
  });

  test("never younger than the minimum age, however short pruneAfter is", () => {
    const files = { "old.jsonl": aged(hourMs + 1), "new.jsonl": aged(hourMs), "odd.jsonl": aged(-dayMs) };
    expect(fates({ files }, {}, { pruneAfterMs: 1 })).toEqual({
      "old.jsonl": "trash: orphan:unexplained",
      "new.jsonl": "keep: orphan:unexplained, within-prune-after",
      "odd.jsonl": "keep: orphan:unexplained, within-prune-after",
    });
  });

  test("a temporary file of the index is stale after five minutes", () => {
    const [old, young] = [`sessions.json.7.${uuid}.tmp`, `sessions.json.${uuid}.tmp`];
    expect(fates({ files: { [old]: aged(300_001), [young]: aged(300_000) } })).toEqual({
      [old]: "trash: stale-index-temp",
      [young]: "keep: stale-index-temp, within-prune-after",
    });
  });
});

describe("what holds it", () => {
  test.each<[string, StoreSketch]>([
    ["referenced-elsewhere", { protectedElsewhere: ["o.jsonl"] }],
    ["references-unknown", { unread: ["/other/sessions.json"] }],
    ["not-a-regular-file", { files: { "o.jsonl": { kind: "symlink" } } }],
    ["hard-linked", { files: { "o.jsonl": { nlink: 2 } } }],
    ["locked", { heldLocks: ["o.jsonl.lock"] }],
  ])("%s", (reason, sketch) => {
    expect(fates({ files: { "o.jsonl": {} }, ...sketch })).toEqual({ "o.jsonl": `keep: ${reason}` });
  });

  test("a sidecar stays as long as its transcript does", () => {
    const sidecar = { "o.trajectory.jsonl": aged(99 * dayMs) };
    expect(fates({ files: { "o.jsonl": aged(dayMs), ...sidecar } })).toMatchObject({
      "o.trajectory.jsonl": "keep: orphan:trajectory, transcript-stays",
    });
    expect(fates({ files: sidecar })).toEqual({ "o.trajectory.jsonl": "trash: orphan:trajectory" });
    const locked = { files: { "o.jsonl": {}, ...sidecar }, heldLocks: ["o.jsonl.lock"] };
    expect(fates(locked)).toEqual({ "o.jsonl": "keep: locked", "o.trajectory.jsonl": "keep: locked" });
  });
});
