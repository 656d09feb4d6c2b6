import { expect, test } from "vitest";
import { formatPythonIsoTime, formatPythonStampTime } from "../../src/formats/python-time.ts";

test.each([
  [1_795_155_279_831, "2026-11-20T06:14:39.831000+00:00", "2026-11-20T06:14:39.831000Z"],
  [1_771_178_400_000, "2026-02-15T18:00:00+00:00", "2026-02-15T18:00:00.000000Z"],
  [1_771_178_400_001, "2026-02-15T18:00:00.001000+00:00", "2026-02-15T18:00:00.001000Z"],
])("%d", (atMs, iso, stamp) => {
  expect(formatPythonIsoTime(atMs)).toBe(iso);
  expect(formatPythonStampTime(atMs)).toBe(stamp);
});
