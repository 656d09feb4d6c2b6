import { assert, constantFrom, dictionary, jsonValue, oneof, property, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { inspectEntry } from "../../src/model/inspect-entry.ts";
import { sessionEntrySchema } from "../../src/model/session-entry.ts";

const fieldName = oneof(
  constantFrom(...Object.keys(sessionEntrySchema.shape), "__proto__", "session_id"),
  string(),
);
const row = dictionary(fieldName, jsonValue()).map((value): unknown => JSON.parse(JSON.stringify(value)));

describe("inspectEntry", () => {
  test("never throws, never changes the row, and shows only values of the row that fit the schema", () => {
    assert(
      property(row, (raw) => {
        const before = JSON.stringify(raw);
        const { view } = inspectEntry(raw, { key: "k" });
        expect(JSON.stringify(raw)).toBe(before);
        expect(sessionEntrySchema.safeParse(view).success).toBe(true);
        expect(raw).toMatchObject(view ?? {});
      }),
    );
  });

  test("a finding never holds a value of the row", () => {
    const secret = record({
      sessionId: constantFrom("SECRET", "SECRET/"),
      label: constantFrom("SECRET", ["SECRET"]),
    });
    assert(
      property(row, secret, (raw, extra) => {
        const entry = { ...Object(raw), ...extra, status: "SECRET", origin: { threadId: ["SECRET"] } };
        expect(JSON.stringify(inspectEntry(entry, { key: "k" }).findings)).not.toContain("SECRET");
      }),
    );
  });
});
