import { expect, test } from "vitest";
import { describeRow } from "../src/describe-row.ts";
import { aSnapshot } from "./snapshot-builder.ts";

test.each([
  [
    { model: "gpt-5", modelOverride: "o", label: "Ops", origin: { label: "x" } },
    { model: "gpt-5", label: "Ops" },
  ],
  [
    { modelOverride: "o", origin: { label: "x" } },
    { model: "o", label: "x" },
  ],
  [
    { model: 5, label: " ", origin: "x" },
    { model: null, label: null },
  ],
  [[], { model: null, label: null }],
])("%j", (row, described) => {
  const snapshot = aSnapshot({ rows: { a: row } });
  expect(describeRow(snapshot.rows[0]?.row, snapshot)).toEqual(described);
});

test("a row that is gone has neither", () => {
  expect(describeRow(undefined, aSnapshot())).toEqual({ model: null, label: null });
});
