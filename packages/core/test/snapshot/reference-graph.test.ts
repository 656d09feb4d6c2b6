import { linkSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ReferenceGraph } from "../../src/snapshot/reference-graph.ts";
import { protectFiles } from "../../src/snapshot/reference-graph.ts";
import { useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

function scan(rows: Record<string, unknown>): ReferenceGraph {
  dir.index(rows);
  return dir.scan().references;
}

/** The files that a single row references, sorted. */
function filesOf(row: unknown): readonly string[] | undefined {
  return scan({ k: row }).filesByRow.get("k")?.toSorted();
}

describe("a row references", () => {
  test("its transcript under every name that it may have, with the sidecars", () => {
    const checkpoint = "a.checkpoint.0f14d0ab-9605-4a62-a9e4-5ed26688389b.jsonl";
    const files = [
      "2026-11-20T08-09-55-426Z_a.jsonl",
      "a-topic-7.jsonl",
      checkpoint,
      "a.jsonl",
      "a.jsonl.codex-app-server.json",
      "a.trajectory-path.json",
      "a.trajectory.jsonl",
      "named.jsonl",
      "named.trajectory.jsonl",
    ];
    dir.files(
      ...files,
      "b.jsonl",
      "a.jsonl.deleted.2026-11-20T08-09-55.426Z",
      "a.jsonl.bak-12-1795158839729",
    );
    expect(filesOf({ sessionId: "a", sessionFile: "named.jsonl" })).toEqual(files);
  });

  test("the basename of a sessionFile elsewhere", () => {
    dir.files("a.jsonl", "b.jsonl", "b.trajectory.jsonl");
    expect(filesOf({ sessionId: "a", sessionFile: "/old/b.jsonl" })).toEqual([
      "a.jsonl",
      "b.jsonl",
      "b.trajectory.jsonl",
    ]);
  });

  test("checkpoints on both sides, and the usage family", () => {
    const files = ["before.jsonl", "by-id.jsonl", "family.jsonl", "family.trajectory.jsonl"];
    dir.files(...files, "stranger.jsonl");
    const checkpoint = {
      preCompaction: { sessionId: "none", sessionFile: dir.at("before.jsonl") },
      postCompaction: { sessionId: "by-id" },
    };
    expect(filesOf({ compactionCheckpoints: [checkpoint], usageFamilySessionIds: ["family"] })).toEqual(
      files,
    );
  });

  test("whatever is named in it, if it is not understood", () => {
    dir.files("a.jsonl", "before.jsonl", "stranger.jsonl");
    dir.write(
      "sessions.json",
      '{"k":{"sessionId":"a","compactionCheckpoints":[{"n":1e400,"preCompaction":{"sessionFile":"/x/before.jsonl"}}]}}',
    );
    expect(dir.scan().references.filesByRow.get("k")).toEqual(["a.jsonl", "before.jsonl"]);
  });

  test("nothing that is not there", () => {
    expect(filesOf({ sessionId: "a", sessionFile: "b.jsonl" })).toEqual([]);
  });

  test("no file by a key that every object has", () => {
    dir.files("a.jsonl");
    const graph = scan({ ["__proto__"]: { sessionId: "a" }, constructor: { sessionId: "toString" } });
    expect([...graph.rowsByFile]).toEqual([["a.jsonl", ["__proto__"]]]);
  });
});

test("two rows with one transcript both protect it", () => {
  dir.files("shared.jsonl");
  const graph = scan({
    stale: { sessionId: "a", sessionFile: "shared.jsonl" },
    live: { sessionId: "b", sessionFile: dir.at("shared.jsonl") },
  });
  expect(graph.rowsByFile.get("shared.jsonl")).toEqual(["stale", "live"]);
});

describe("names of one file", () => {
  test("a row that names a link protects the file that it leads to", () => {
    dir.files("b.jsonl");
    symlinkSync("b.jsonl", dir.at("a.jsonl"));
    const graph = scan({ a: { sessionId: "a" }, b: { sessionId: "b" } });
    expect(graph.rowsByFile.get("b.jsonl")).toEqual(["a", "b"]);
    expect(graph.rowsByFile.get("a.jsonl")).toEqual(["a", "b"]);
  });

  test("a row protects the hard links of its transcript", () => {
    dir.files("a.jsonl");
    linkSync(dir.at("a.jsonl"), dir.at("copy.jsonl"));
    expect(filesOf({ sessionId: "a" })).toEqual(["a.jsonl", "copy.jsonl"]);
  });

  test("a row protects what its path elsewhere leads back to", () => {
    dir.files("a.jsonl");
    symlinkSync("sessions/a.jsonl", dir.outside("elsewhere.jsonl"));
    expect(filesOf({ sessionId: "z", sessionFile: dir.outside("elsewhere.jsonl") })).toEqual(["a.jsonl"]);
  });
});

describe("the index", () => {
  test.each(["sessions.json", "./sessions.json", "Sessions.JSON"])(
    "is no file of a row that names it: %s",
    (sessionFile) => {
      dir.files("a.jsonl");
      const graph = scan({ k: { sessionId: "a", sessionFile } });
      expect(graph.filesByRow.get("k")).toEqual(["a.jsonl"]);
      expect(graph.rowsByFile.has("sessions.json")).toBe(false);
    },
  );
});

describe("a path that leads out", () => {
  test.each(["x/../../victim.jsonl", "./../victim.jsonl", "/agents/x/sessions/victim.jsonl"])(
    "references no file out there: %s",
    (sessionFile) => {
      dir.files("a.jsonl", "../victim.jsonl");
      const graph = scan({ k: { sessionId: "a", sessionFile } });
      expect([...graph.rowsByFile.keys()]).toEqual(["a.jsonl"]);
    },
  );
});

test("further names can be protected, and the graph stays as it is", () => {
  dir.files("a.jsonl");
  const graph = scan({ k: { sessionId: "a" } });
  const more = protectFiles(protectFiles(graph, ["x"]), new Set(["y"]));
  expect([...more.protectedElsewhere]).toEqual(["x", "y"]);
  expect(graph.protectedElsewhere.size).toBe(0);
  expect(more.rowsByFile).toBe(graph.rowsByFile);
});
