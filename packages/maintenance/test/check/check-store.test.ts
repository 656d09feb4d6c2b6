import { finding } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import { checkStore } from "../../src/check/check-store.ts";
import { now, rowAged } from "../snapshot-builder.ts";
import { aSurvey } from "./survey-builder.ts";

describe("checkStore", () => {
  test("tells what the scan noticed, and what is odd about the fields of rows", () => {
    const survey = aSurvey({ rows: { main: rowAged(1, { room: 7 }), odd: 7 } });
    const noticed = finding("file-symlink", { path: "/somewhere" });
    const { indexPath: path } = survey.target;
    expect(
      checkStore({
        survey: { ...survey, findings: [noticed] },
        transcripts: { healths: new Map(), total: 0 },
        deep: true,
        now,
      }),
    ).toEqual([
      noticed,
      finding("entry-legacy-field", { path, key: "main", field: "room" }, { now: "groupChannel" }),
    ]);
  });

  test("an index that can't be read has no rows to look at", () => {
    const { snapshot: _, ...survey } = aSurvey({ rows: { main: {} } });
    expect(
      checkStore({
        survey: { ...survey, snapshot: undefined },
        transcripts: { healths: new Map(), total: 0 },
        deep: true,
        now,
      }),
    ).toEqual([]);
  });

  test("unless it is deep, only looks into rows whose id or time is odd", () => {
    const survey = aSurvey({
      rows: { a: rowAged(1, { room: 7 }), b: { ...rowAged(1, { room: 7 }), updatedAt: 7 } },
    });
    const found = checkStore({ survey, transcripts: { healths: new Map(), total: 0 }, deep: false, now });
    expect(found.map(({ id, place }) => [id, place.key])).toEqual([
      ["updated-at-unit", "b"],
      ["entry-legacy-field", "b"],
    ]);
  });
});
