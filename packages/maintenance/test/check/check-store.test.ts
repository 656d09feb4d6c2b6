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
    expect(checkStore({ survey: { ...survey, findings: [noticed] }, now })).toEqual([
      noticed,
      finding("entry-legacy-field", { path, key: "main", field: "room" }, { now: "groupChannel" }),
    ]);
  });

  test("an index that can't be read has no rows to look at", () => {
    const { snapshot: _, ...survey } = aSurvey({ rows: { main: {} } });
    expect(checkStore({ survey: { ...survey, snapshot: undefined }, now })).toEqual([]);
  });
});
