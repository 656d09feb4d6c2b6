import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { surveyStore } from "../../src/snapshot/survey-store.ts";
import { nowMs, testHost, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

function survey() {
  return surveyStore(testHost(), dir.target(), { nowMs });
}

describe("surveyStore", () => {
  test("of a readable store is its snapshot", () => {
    dir.index({ a: { sessionId: "a", updatedAt: nowMs } });
    dir.files("a.jsonl");
    const { snapshot, files, findings, era } = survey();
    expect(snapshot?.rows).toHaveLength(1);
    expect({ names: [...files.keys()], findings, era: era.era }).toEqual({
      names: ["a.jsonl"],
      findings: [],
      era: "json",
    });
  });

  test("takes an index that can't be read for a finding, and still knows the files", () => {
    dir.files("a.jsonl");
    writeFileSync(dir.at("sessions.json"), "[]");
    const { snapshot, files, findings } = survey();
    expect({ snapshot, names: [...files.keys()] }).toEqual({ snapshot: undefined, names: ["a.jsonl"] });
    expect(findings).toMatchObject([
      { id: "index-unreadable", severity: "error", place: { path: dir.at("sessions.json") } },
    ]);
  });

  test("takes an index that is missing beside transcripts for one", () => {
    dir.files("a.jsonl");
    expect(survey().findings).toMatchObject([{ id: "index-missing", details: { transcripts: 1 } }]);
  });

  test("no store is still no store", () => {
    expect(() => survey()).toThrow(expect.objectContaining({ code: "E_NOT_FOUND" }));
  });
});
