import { formatArchiveStamp } from "@sessionsmith/core";
import type { FileFact, PlanPart } from "@sessionsmith/core";
import { describe, expect, test } from "vitest";
import type { CleanupPolicy } from "../src/cleanup-policy.ts";
import { diskBudgetReport } from "../src/disk-budget-report.ts";
import type { DiskBudgetReport } from "../src/disk-budget-report.ts";
import { planCleanup } from "../src/plan-cleanup.ts";
import { noFacts } from "../src/store-facts.ts";
import { factsOf } from "./file-view-builder.ts";
import { aPolicy } from "./policy-builder.ts";
import { aSnapshot, dayMs, hourMs, now, rowAged } from "./snapshot-builder.ts";
import type { StoreSketch } from "./snapshot-builder.ts";

const kb = 1024;
const sized = (size: number, ageMs = 5 * dayMs): Partial<FileFact> => ({
  size,
  mtimeNs: BigInt(now - ageMs) * 1_000_000n,
});
const archived = (name: string, reason: string, ageMs: number): string =>
  `${name}.jsonl.${reason}.${formatArchiveStamp(now - ageMs)}`;

interface Fitted {
  readonly part: PlanPart;
  readonly report: DiskBudgetReport;
  /** Names of files that leave for the budget. */
  readonly files: readonly string[];
  /** Keys of evicted rows. */
  readonly evicted: readonly string[];
}

/** What the budget makes of a store of rows that are no older than 30 days; the limits are in KiB. */
function fit(
  sketch: StoreSketch,
  [maxKb, highKb]: readonly [max: number, high: number],
  changes: Partial<CleanupPolicy> = {},
): Fitted {
  const snapshot = aSnapshot(sketch);
  const limits = { maxDiskBytes: maxKb * kb, highWaterBytes: highKb * kb };
  const policy = aPolicy({ ...limits, ...changes });
  const stores = [{ snapshot, facts: factsOf(snapshot) }];
  const [part] = planCleanup({ stores, policy, now, createdAt: now }).parts;
  if (part === undefined) throw new Error("no part");
  const report = diskBudgetReport(part, snapshot, { policy, trash: noFacts.trash });
  if (report === null) throw new Error("no report");
  const leaving = part.files.filter(({ action, pass }) => action !== "keep" && pass === "budget");
  const evicted = part.rows.filter(({ action }) => action === "evict-budget");
  return { part, report, files: leaving.map(({ name }) => name), evicted: evicted.map(({ key }) => key) };
}

const rows = {
  "agent:main:direct:new": rowAged(1, { sessionId: "s1" }),
  "agent:main:direct:mid": rowAged(2, { sessionId: "s2" }),
  "agent:main:direct:old": rowAged(3, { sessionId: "s3" }),
};
const transcripts = {
  "s1.jsonl": sized(20 * kb),
  "s2.jsonl": sized(20 * kb),
  "s3.jsonl": sized(20 * kb),
};
const [oldArchive, newArchive] = [archived("a", "deleted", 9 * dayMs), archived("b", "reset", 8 * dayMs)];
const everything = {
  ...transcripts,
  [newArchive]: sized(10 * kb, 20 * dayMs),
  [oldArchive]: sized(10 * kb),
  "o2.jsonl": sized(10 * kb, 6 * dayMs),
  "o1.jsonl": sized(10 * kb, 7 * dayMs),
  "o1.trajectory.jsonl": sized(5 * kb, dayMs),
};

describe("the order", () => {
  test("under the limit nothing leaves", () => {
    const { part, report } = fit({ rows, files: everything }, [200, 10]);
    expect(part.steps).toEqual([]);
    expect(report).toMatchObject({ overBudget: false, removedFiles: 0, removedEntries: 0, freedBytes: 0 });
    expect(report.totalBytesAfter).toBe(report.totalBytesBefore);
  });

  test.each<[string, number, readonly string[], readonly string[]]>([
    ["the oldest archive", 96, [oldArchive], []],
    ["then the next", 86, [oldArchive, newArchive], []],
    ["then the oldest artifact", 76, [oldArchive, newArchive, "o1.jsonl"], []],
    ["its sidecar with it", 71, [oldArchive, newArchive, "o1.jsonl", "o1.trajectory.jsonl"], []],
  ])("%s", (_name, highKb, files, evicted) => {
    const fitted = fit({ rows, files: everything }, [100, highKb]);
    expect(fitted.files).toEqual([...files].toSorted());
    expect(fitted.evicted).toEqual(evicted);
  });

  test("rows come last, the oldest first, and their files go to the trash", () => {
    const { part, files, evicted, report } = fit({ rows, files: everything }, [100, 45]);
    expect(evicted).toEqual(["agent:main:direct:old"]);
    expect(files).toEqual(
      [oldArchive, newArchive, "o1.jsonl", "o1.trajectory.jsonl", "o2.jsonl", "s3.jsonl"].toSorted(),
    );
    expect(part.files.find(({ name }) => name === "s3.jsonl")).toMatchObject({
      action: "trash",
      reasons: ["evict-budget"],
    });
    expect(report).toMatchObject({
      removedEntries: 1,
      removedFiles: 6,
      freedBytes: 65 * kb,
      stillOverBytes: 0,
    });
    expect(report.totalBytesAfter).toBeLessThanOrEqual(45 * kb);
    const shrunk = report.totalBytesBefore - report.totalBytesAfter - report.freedBytes;
    expect(shrunk).toBeGreaterThan(0);
    expect(shrunk).toBeLessThan(200);
  });

  test("each evicted row is recorded in the ledger before it leaves", () => {
    const { part } = fit({ rows, files: transcripts }, [50, 45]);
    expect(part.steps.map(({ kind }) => kind)).toEqual(["append-record", "write-index", "move-file"]);
  });
});

describe("what never leaves for it", () => {
  test("what this run retired, although it counts", () => {
    const stale = { ...rows, "agent:main:direct:stale": rowAged(60, { sessionId: "s9" }) };
    const { part, files, evicted, report } = fit(
      { rows: stale, files: { ...transcripts, "s9.jsonl": sized(99 * kb) } },
      [100, 90],
    );
    expect(part.files.find(({ name }) => name === "s9.jsonl")).toMatchObject({ action: "archive-deleted" });
    expect(files).not.toContain("s9.jsonl");
    expect(evicted).toHaveLength(3);
    expect(report.byClass.find((one) => one.class === "archives")?.afterBytes).toBe(99 * kb);
  });

  test.each<[string, Record<string, unknown>, StoreSketch]>([
    ["a main session", { "agent:main:main": rowAged(9, { sessionId: "s1" }) }, {}],
    ["a group", { "agent:main:telegram:group:1": rowAged(9, { sessionId: "s1" }) }, {}],
    ["one of unknown age", { "agent:main:direct:a": rowAged(0, { sessionId: "s1", updatedAt: null }) }, {}],
    [
      "one that is running",
      { "agent:main:direct:a": rowAged(0, { sessionId: "s1", status: "running" }) },
      {},
    ],
    ["one that is locked", { a: rowAged(9, { sessionId: "s1" }) }, { locked: ["a"] }],
    [
      "one that is not understood",
      {},
      { index: '{"a":{"sessionId":"s1","updatedAt":1700000000000,"n":9007199254740993}}' },
    ],
    ["one of the future", { a: rowAged(-9, { sessionId: "s1" }) }, {}],
    ["one with a lease", { a: rowAged(9, { sessionId: "s1", pluginExtensions: { sessionsmith: {} } }) }, {}],
  ])("%s", (_name, kept, more) => {
    const { part, report } = fit({ rows: kept, files: transcripts, ...more }, [10, 5]);
    expect(part.rows.map(({ action }) => action)).toEqual(["keep"]);
    expect(report.stillOverBytes).toBeGreaterThan(0);
    expect(part.files.filter(({ name, action }) => name === "s1.jsonl" && action !== "keep")).toEqual([]);
  });

  test("archives, backups and artifacts within the minimum age", () => {
    const young = {
      [archived("a", "bak", hourMs)]: sized(9 * kb),
      "o.jsonl": sized(9 * kb, hourMs),
      "sessions.json.bak.1": sized(9 * kb, hourMs),
    };
    expect(fit({ files: young }, [10, 5]).files).toEqual([]);
  });

  test("a file that another row references", () => {
    const shared = {
      ...rows,
      "agent:main:main": { sessionId: "s7", sessionFile: "s3.jsonl", updatedAt: now },
    };
    const { files, evicted } = fit({ rows: shared, files: { ...transcripts, "s7.jsonl": {} } }, [50, 1]);
    expect(evicted).toHaveLength(3);
    expect(files).toEqual(["s1.jsonl", "s2.jsonl"]);
  });

  test.each<[string, StoreSketch]>([
    ["nothing while references are unknown", { unread: ["/other/sessions.json"] }],
    ["nothing that is protected elsewhere", { protectedElsewhere: ["o.jsonl"] }],
    ["nothing that is locked", { heldLocks: ["o.jsonl.lock"] }],
  ])("%s", (_name, sketch) => {
    expect(fit({ files: { "o.jsonl": sized(99 * kb) }, ...sketch }, [10, 5]).files).toEqual([]);
  });

  test("rows, as long as the index explains too few transcripts", () => {
    const lost = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`lost${n}.jsonl`, sized(kb)]));
    const { part, evicted, files } = fit({ rows, files: { ...transcripts, ...lost } }, [10, 5]);
    expect(part.blockedBy).toEqual(["orphans"]);
    expect(evicted).toEqual([]);
    expect(files).toHaveLength(25);
    const young = Object.fromEntries(Object.keys(lost).map((name) => [name, { ...sized(kb), nlink: 2 }]));
    const held = fit({ rows, files: { ...transcripts, ...young } }, [10, 5]);
    expect(held.part).toMatchObject({ steps: [], blockedBy: ["orphans"] });
  });
});

describe("what counts", () => {
  const foreign = { "unrelated.bin": sized(500 * kb), "s1.jsonl.lock": sized(kb), "s1.migrated": sized(kb) };

  test("nobody's own file costs a session", () => {
    const { part, report } = fit({ rows, files: { ...transcripts, ...foreign } }, [100, 50]);
    expect(part.steps).toEqual([]);
    expect(report.byClass.find((one) => one.class === "foreign")).toEqual({
      class: "foreign",
      beforeBytes: 501 * kb,
      afterBytes: 501 * kb,
      counted: false,
    });
  });

  test("under openclaw-2026.5 it does, as there", () => {
    const preset = "openclaw-2026.5";
    expect(fit({ rows, files: { ...transcripts, ...foreign } }, [100, 50], { preset }).evicted).toHaveLength(
      3,
    );
  });

  test(".bak. archives and backups leave before any session does", () => {
    const backups = {
      [archived("a", "bak", 9 * dayMs)]: sized(30 * kb),
      "s1.jsonl.bak-7-1000": sized(10 * kb),
      "sessions.json.bak.1": sized(10 * kb),
    };
    const { files, evicted } = fit({ rows, files: { ...transcripts, ...backups } }, [100, 65]);
    expect(files).toEqual(Object.keys(backups).toSorted());
    expect(evicted).toEqual([]);
  });

  test("links and directories do not, hard links do", () => {
    const odd = {
      link: { ...sized(9 * kb), kind: "symlink" },
      dir: { ...sized(9 * kb), kind: "directory" },
    } as const;
    const { report } = fit({ files: { ...odd, "o.jsonl": { ...sized(9 * kb), nlink: 2 } } }, [100, 50]);
    expect(report.totalBytesBefore).toBe(9 * kb + 2);
  });
});

test("what OpenClaw would take for its youngest artifacts is not taken from rows instead", () => {
  const young = { "o.jsonl": sized(40 * kb, 60_000), [archived("a", "deleted", 60_000)]: sized(10 * kb) };
  const limits = [100, 65] as const;
  const files = { ...transcripts, ...young };
  expect(fit({ rows, files }, limits, { preset: "openclaw-2026.5" })).toMatchObject({
    evicted: [],
    files: [],
  });
  expect(fit({ rows, files }, limits).evicted).not.toEqual([]);
});

test("nor what it would take for the topics that no row resolves to", () => {
  const topics = { "s1-topic-4.jsonl": sized(40 * kb), "s1-topic-4.trajectory.jsonl": sized(10 * kb) };
  const limits = [100, 65] as const;
  const files = { ...transcripts, ...topics };
  const preset = "openclaw-2026.5";
  expect(fit({ rows, files }, limits, { preset })).toMatchObject({ evicted: [], files: [] });
  const named = { ...rows, "agent:main:direct:topic": rowAged(1, { sessionFile: "s1-topic-4.jsonl" }) };
  const transcript = { state: "present", name: "s1-topic-4.jsonl", relocated: false } as const;
  const resolved = { "agent:main:direct:topic": transcript };
  expect(fit({ rows: named, files, transcripts: resolved }, limits, { preset }).evicted).not.toEqual([]);
  // Their bytes count once, also if the row of the session leaves.
  const small = { ...transcripts, "s3-topic-4.jsonl": sized(40 * kb) };
  expect(fit({ rows, files: small }, [70, 30], { preset }).evicted).toHaveLength(2);
});

test.each(["safe", "openclaw-2026.5"] as const)(
  "under %s an archive past its retention leaves first, and costs no session",
  (preset) => {
    const expired = { [archived("a", "deleted", 90 * dayMs)]: sized(50 * kb) };
    const { part, evicted } = fit({ rows, files: { ...transcripts, ...expired } }, [100, 10], { preset });
    expect(part.files.filter(({ action }) => action !== "keep").map(({ name }) => name)).toEqual(
      Object.keys(expired),
    );
    expect(evicted).toEqual([]);
  },
);

test("without an order to maintain there is no budget", () => {
  const orders = { ...aPolicy().orders, maintenance: false };
  const snapshot = aSnapshot({ rows, files: transcripts });
  const policy = aPolicy({ maxDiskBytes: 1, highWaterBytes: 1, orders });
  const [part] = planCleanup({ stores: [{ snapshot }], policy, now, createdAt: now }).parts;
  expect(part?.steps).toEqual([]);
  expect(part && diskBudgetReport(part, snapshot, { policy, trash: noFacts.trash })).toBeNull();
});
