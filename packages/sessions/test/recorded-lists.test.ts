import { nodeHost, readSettings, resolveStoreTargets } from "@sessionsmith/core";
import {
  listStoreCases,
  type MaterializedCase,
  materializeCase,
  readRecordedList,
  readStoreCase,
  type RecordedList,
} from "@sessionsmith/testkit";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ListQuery } from "../src/list-query.ts";
import { listSessions } from "../src/list-sessions.ts";
import { everything } from "./stores-on-disk.ts";

/** The recorded commands, and the queries that they stand for. */
const runs: Readonly<Record<string, Partial<ListQuery>>> = {
  list: { limit: 100 },
  "list-limit-3": { limit: 3 },
  "list-all": { limit: "all" },
  "list-active": { limit: 100, activeMs: 2880 * 60_000 },
  "list-all-agents": { limit: 100, allAgents: true },
};

/** What OpenClaw fills in from its built-in defaults: neither the rows nor the settings of these stores say it. */
const inventedKeys = new Set(["contextTokens", "agentRuntime"]);
/** Ages, which depend on the moment of the run. */
const momentaryKeys = new Set(["ageMs"]);
const additions = new Set(["label", "displayName", "fineKind", "status"]);

describe.each(listStoreCases())("%s", (name) => {
  let store: MaterializedCase;
  beforeAll(() => {
    store = materializeCase(name);
  });
  afterAll(() => store.dispose());

  /** The list as JSON, with the paths of the recording. */
  function listAgain(change: Partial<ListQuery>): RecordedList & { readonly findings: unknown } {
    const { stateDir, now } = store;
    const host = nodeHost();
    const settings = readSettings(host, join(stateDir, "openclaw.json"));
    const query = { ...everything, now, ...change };
    const { targets } = resolveStoreTargets(host, settings, { stateDir, allAgents: query.allAgents });
    const text = JSON.stringify(listSessions(host, { targets, settings }, query));
    return JSON.parse(text.replaceAll(stateDir, readStoreCase(name).stateDir));
  }

  test.each(Object.entries(runs))("%s: the frame is the same, key for key", (run, change) => {
    const { sessions, findings, ...frame } = listAgain(change);
    const { sessions: recordedSessions, ...recordedFrame } = readRecordedList(name, run);
    expect(Object.entries(frame)).toStrictEqual(Object.entries(recordedFrame));
    expect(sessions.map(({ key }) => key)).toStrictEqual(recordedSessions.map(({ key }) => key));
    expect(findings).toStrictEqual({ count: 0, ids: [] });
  });

  test.each(Object.entries(runs))(
    "%s: rows have the same keys in the same order, and the same values",
    (run, change) => {
      const { sessions } = listAgain(change);
      for (const [at, row] of readRecordedList(name, run).sessions.entries()) {
        const ours = Object.entries(sessions[at] ?? {}).filter(([key]) => !additions.has(key));
        const theirs = Object.entries(row).filter(([key]) => !inventedKeys.has(key));
        expect(ours.map(([key]) => key)).toStrictEqual(theirs.map(([key]) => key));
        expect(ours.filter(isLasting)).toStrictEqual(theirs.filter(isLasting));
      }
    },
  );
});

function isLasting([key]: readonly [string, unknown]): boolean {
  return !momentaryKeys.has(key);
}
