import type { LedgerRecord } from "@sessionsmith/core/engine";
import type { MemoryFs } from "@sessionsmith/testkit";
import { describe, expect, test } from "vitest";
import { applyChange } from "../../src/change/apply-change.ts";
import { scanForChange } from "../../src/change/scan-for-change.ts";
import type { RowTurn } from "../../src/change/sessions-change.ts";
import type { HistorySink } from "../../src/history/history-sink.ts";
import { diskWith, now, rowsOf, scopeOn } from "../change/changed-store.ts";

const rows = { "agent:main:a": { sessionId: "s1" }, "agent:main:b": { sessionId: "s2" } };
const turn: RowTurn = { action: "delete", reason: "asked-for", ends: true };

async function deleted(fs: MemoryFs, key: string, sinks: readonly HistorySink[], firstId = 1) {
  const scope = scopeOn(fs, firstId);
  const settle = () => ({
    snapshot: scanForChange(scope, now),
    change: { command: "delete", policy: {}, now, turns: new Map([[key, turn]]) },
    about: undefined,
  });
  const { historyRecorded, sinks: states } = await applyChange(scope, settle, { sinks });
  return { historyRecorded, sinks: states };
}

/** A sink that keeps what it gets, unless it is told to fail. */
function keeper(fails = false): HistorySink & { readonly kept: LedgerRecord[]; fails: boolean } {
  const kept: LedgerRecord[] = [];
  return {
    name: "keeper",
    kept,
    fails,
    taken: () => Promise.resolve(kept.length),
    take(_path, records) {
      if (this.fails) return Promise.reject(new Error("connection refused"));
      kept.push(...records);
      return Promise.resolve();
    },
  };
}

describe("recordHistory", () => {
  test("a sink gets the record of the session that ended", async () => {
    const sink = keeper();
    const answer = await deleted(diskWith({ rows }), "agent:main:a", [sink]);
    expect(answer).toEqual({
      historyRecorded: true,
      sinks: [{ name: "keeper", state: "up-to-date", missing: 0 }],
    });
    expect(sink.kept).toEqual([expect.objectContaining({ type: "ended", key: "agent:main:a" })]);
  });

  test("a sink that fails holds nothing up, and gets everything the next time", async () => {
    const fs = diskWith({ rows });
    const sink = keeper(true);
    expect(await deleted(fs, "agent:main:a", [sink])).toEqual({
      historyRecorded: true,
      sinks: [{ name: "keeper", state: "behind", missing: 1, error: "connection refused" }],
    });
    expect(Object.keys(rowsOf(fs))).toEqual(["agent:main:b"]);
    sink.fails = false;
    await deleted(fs, "agent:main:b", [sink], 100);
    expect(sink.kept.map(({ key }) => key)).toEqual(["agent:main:a", "agent:main:b"]);
  });

  test("a sink that does not answer is not waited for", async () => {
    const never: HistorySink = {
      name: "never",
      taken: () => new Promise(() => {}),
      take: () => Promise.resolve(),
    };
    const { sinks } = await deleted(diskWith({ rows }), "agent:main:a", [never, keeper()]);
    expect(sinks.map(({ name, state }) => `${name} ${state}`)).toEqual(["never behind", "keeper up-to-date"]);
  });

  test("without a session that ended nothing was recorded", async () => {
    const scope = scopeOn(diskWith({ rows }));
    const settle = () => ({
      snapshot: scanForChange(scope, now),
      change: { command: "patch", policy: {}, now, turns: new Map<string, RowTurn>() },
      about: undefined,
    });
    expect(await applyChange(scope, settle)).toMatchObject({ historyRecorded: false, sinks: [] });
  });
});
