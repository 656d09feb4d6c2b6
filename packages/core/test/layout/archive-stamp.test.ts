import { describe, expect, test } from "vitest";
import { archiveName, formatArchiveStamp, parseArchiveStamp } from "../../src/layout/archive-stamp.ts";

describe("parseArchiveStamp", () => {
  test.each([
    ["2026-11-20T08-09-55.426Z", "2026-11-20T08:09:55.426Z"],
    ["2026-11-20T08-09-55Z", "2026-11-20T08:09:55.000Z"],
    ["2024-02-29T23-59-59.999Z", "2024-02-29T23:59:59.999Z"],
    ["0000-01-01T00-00-00.000Z", "0000-01-01T00:00:00.000Z"],
  ])("reads %s", (stamp, iso) => {
    expect(parseArchiveStamp(stamp)).toBe(Date.parse(iso));
  });

  test.each([
    "",
    "2026-02-30T00-00-00.000Z",
    "2025-02-29T00-00-00.000Z",
    "2026-13-01T00-00-00.000Z",
    "2026-01-01T24-00-00.000Z",
    "2026-01-01T00-60-00.000Z",
    "2026-01-01T00-00-60.000Z",
    "2026-11-20T08:09:55.426Z",
    "2026-11-20T08-09-55.42Z",
    "2026-11-20T08-09-55.4260Z",
    "2026-11-20T08-09-55.426",
    "2026-11-20T08-09-55.426z",
    "2026-11-20T08-09-55.426Z\n",
    " 2026-11-20T08-09-55.426Z",
    "+012026-11-20T08-09-55.426Z",
    "٢٠٢٦-11-20T08-09-55.426Z",
  ])("refuses %j", (stamp) => {
    expect(parseArchiveStamp(stamp)).toBeUndefined();
  });
});

describe("formatArchiveStamp", () => {
  test("has milliseconds and no colon", () => {
    expect(formatArchiveStamp(Date.parse("2026-11-20T08:09:55.426Z"))).toBe("2026-11-20T08-09-55.426Z");
  });

  test.each([253_402_300_800_000, -62_167_219_200_001, Number.NaN])("throws for %d", (atMs) => {
    expect(() => formatArchiveStamp(atMs)).toThrow(RangeError);
  });
});

describe("archiveName", () => {
  const atMs = Date.parse("2026-01-02T03:04:05.006Z");

  test.each(["deleted", "reset", "bak"] as const)("hangs .%s. and the stamp on the name", (reason) => {
    expect(archiveName("a.jsonl", reason, atMs)).toBe(`a.jsonl.${reason}.2026-01-02T03-04-05.006Z`);
  });

  test("is undefined when the name gets longer than 255 bytes", () => {
    const suffixBytes = ".reset.2026-01-02T03-04-05.006Z".length;
    const longest = "x".repeat(255 - suffixBytes);
    expect(archiveName(longest, "reset", atMs)).toHaveLength(255);
    expect(archiveName(`${longest}x`, "reset", atMs)).toBeUndefined();
    expect(archiveName("é".repeat(113), "reset", atMs)).toBeUndefined();
  });
});
