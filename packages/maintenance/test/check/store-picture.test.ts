import { expect, test } from "vitest";
import { storePicture } from "../../src/check/store-picture.ts";
import { aSurvey } from "./survey-builder.ts";

const files = {
  "a.jsonl": { size: 10 },
  "b.jsonl": { size: 20 },
  "c.jsonl.deleted.2026-01-01T00-00-00.000Z": { size: 40 },
  link: { kind: "symlink", size: 1000 },
} as const;

test("adds up files by class and fields by name, the largest first; links count for nothing", () => {
  const survey = aSurvey({ index: `{"a":{"x":1,"long":"12345678"}}`, files });
  expect(storePicture(survey)).toEqual({
    sessions: 1,
    files: [
      { class: "archive", count: 1, bytes: 40 },
      { class: "index", count: 1, bytes: 31 },
      { class: "transcript", count: 2, bytes: 30 },
    ],
    fields: [
      { field: "long", rows: 1, bytes: 17 },
      { field: "x", rows: 1, bytes: 5 },
    ],
  });
});

test("without an index there are only files", () => {
  const survey = { ...aSurvey({ files }), snapshot: undefined };
  const { sessions, fields, files: classes } = storePicture(survey);
  expect({ sessions, fields }).toEqual({ sessions: null, fields: [] });
  expect(classes.map((size) => size.class)).toEqual(["archive", "transcript"]);
});
