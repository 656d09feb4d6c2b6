import { describe, expect, test } from "vitest";
import { parseDuration } from "../../src/duration.ts";
import type { Finding } from "../../src/findings/finding.ts";
import type { JsonValue } from "../../src/json-value.ts";
import {
  completeMaintenance,
  defaultMaintenance,
  readMaintenance,
} from "../../src/layout/read-maintenance.ts";
import { settingsTable } from "../../src/layout/settings-table.ts";

function read(members: Readonly<Record<string, JsonValue>>) {
  const findings: Finding[] = [];
  const given = readMaintenance(
    { path: "session.maintenance", members },
    { file: "/openclaw.json", findings },
  );
  return { given, settings: completeMaintenance([given]), ids: findings.map(({ id }) => id) };
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe("readMaintenance", () => {
  test("the defaults are those of the settings table", () => {
    expect(parseDuration(settingsTable.pruneAfter.default)).toEqual({
      ok: true,
      ms: defaultMaintenance.pruneAfterMs,
    });
    expect(defaultMaintenance).toMatchObject({
      mode: "warn",
      maxEntries: 500,
      maxDiskBytes: null,
      highWaterBytes: null,
    });
    expect(read({})).toMatchObject({ settings: defaultMaintenance, ids: [] });
  });

  test.each([
    ["30d", 30 * dayMs],
    ["1d12h", 36 * hourMs],
    ["1.5d", 36 * hourMs],
    ["90ms", 90],
    ["7", 7 * dayMs],
    [7, 7 * dayMs],
    [0.5, 12 * hourMs],
  ])("pruneAfter %j", (pruneAfter, pruneAfterMs) => {
    expect(read({ pruneAfter })).toMatchObject({
      settings: { ...defaultMaintenance, pruneAfterMs, resetArchiveRetentionMs: pruneAfterMs },
      ids: [],
    });
  });

  test.each([
    [{ pruneAfter: "60d" }, 60 * dayMs],
    [{ resetArchiveRetention: "12h" }, 12 * hourMs],
    [{ resetArchiveRetention: 2, pruneAfter: "60d" }, 2 * dayMs],
    [{ resetArchiveRetention: false }, null],
  ])("how long reset archives stay with %j", (members, expected) => {
    expect(read(members)).toMatchObject({ settings: { resetArchiveRetentionMs: expected }, ids: [] });
  });

  test.each([
    [{ maxDiskBytes: "1kb" }, 1024, 819],
    [{ maxDiskBytes: 1000 }, 1000, 800],
    [{ maxDiskBytes: 1 }, 1, 1],
    [{ maxDiskBytes: "1kb", highWaterBytes: 100 }, 1024, 100],
    [{ maxDiskBytes: "1kb", highWaterBytes: "1gb" }, 1024, 1024],
    [{ highWaterBytes: 100 }, null, null],
  ])("the disk budget of %j", (members, maxDiskBytes, highWaterBytes) => {
    expect(read(members)).toMatchObject({ settings: { maxDiskBytes, highWaterBytes }, ids: [] });
  });

  test.each([
    ["pruneAfter", [0, "0d", "0", -5, "-5d", "2w", "1M", "", "soon", true, null, [], {}, Infinity, "1e3"]],
    ["resetArchiveRetention", [0, "0d", -5, "2w", "", true, null]],
    ["pruneDays", [0, -1, 1.5, "30", true, null]],
    ["maxEntries", [0, -1, 1.5, "500", 2 ** 53, Infinity, true, null]],
    ["maxDiskBytes", [0, "0", "0gb", -1, "1KiB", "1 gb", "", "many", true, null]],
    ["highWaterBytes", [0, "0", -1, "80%", true, null]],
    ["mode", ["off", "WARN", "", true, 1, null]],
  ] as const)("%s may not be …", (name, values) => {
    for (const value of values) {
      const { settings, ids } = read({ [name]: value });
      expect([value, ids.filter((id) => id !== "settings-deprecated-key")]).toEqual([
        value,
        ["settings-invalid-value"],
      ]);
      expect(settings).toEqual(defaultMaintenance);
    }
  });

  test("pruneDays counts where pruneAfter is absent, with a finding", () => {
    expect(read({ pruneDays: 9 })).toMatchObject({
      settings: { pruneAfterMs: 9 * dayMs, resetArchiveRetentionMs: 9 * dayMs },
      ids: ["settings-deprecated-key"],
    });
    expect(read({ pruneDays: 9, pruneAfter: "60d" })).toMatchObject({
      settings: { pruneAfterMs: 60 * dayMs },
      ids: ["settings-deprecated-key"],
    });
  });

  test("rotateBytes has no effect, whatever it is", () => {
    for (const rotateBytes of ["10mb", 0, null]) {
      expect(read({ rotateBytes })).toMatchObject({
        settings: defaultMaintenance,
        ids: ["settings-ignored-key"],
      });
    }
  });

  test.each([
    [
      { pruneAfter: "60d" },
      { pruneAfter: "9d" },
      { pruneAfterMs: 60 * dayMs, resetArchiveRetentionMs: 60 * dayMs },
    ],
    [{ pruneDays: 60 }, { pruneAfter: "9d" }, { pruneAfterMs: 60 * dayMs }],
    [
      { maxEntries: 7 },
      { pruneAfter: "9d", mode: "enforce" },
      { maxEntries: 7, pruneAfterMs: 9 * dayMs, mode: "enforce" },
    ],
    [{ resetArchiveRetention: false }, { resetArchiveRetention: "1d" }, { resetArchiveRetentionMs: null }],
    [{ maxDiskBytes: 1000 }, { highWaterBytes: 2000 }, { maxDiskBytes: 1000, highWaterBytes: 1000 }],
    [{ highWaterBytes: 100 }, { maxDiskBytes: 1000 }, { maxDiskBytes: 1000, highWaterBytes: 100 }],
  ] as const)("of two files %j wins over %j", (winner, loser, expected) => {
    const files = [read(winner).given, read(loser).given];
    expect(completeMaintenance(files)).toMatchObject(expected);
  });
});
