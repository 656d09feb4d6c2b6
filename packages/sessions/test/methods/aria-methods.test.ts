import { describe, expect, test } from "vitest";
import { createSessionMethods } from "../../src/methods/create-session-methods.ts";
import { openSessionStores } from "../../src/methods/session-stores.ts";
import { diskWith, hostOver, now, stateDir, transcript, visible } from "../change/changed-store.ts";
import { writeTree } from "@sessionsmith/testkit";

const minute = 60_000;
const row = (id: string, ageMinutes: number | undefined) => ({
  sessionId: id,
  ...(ageMinutes === undefined ? {} : { updatedAt: now - ageMinutes * minute }),
});

/** The store of the recorded calls (fs-era-transcript), and what is called there. */
function aria(env: Record<string, string> = {}, settings: object = {}) {
  const main = {
    "agent:main:main": row("m1", 4320),
    "agent:main:telegram:direct:5": row("d1", 4320),
    "agent:main:cron:c1": row("c1", 2880),
    "agent:main:cron:c1:run:1": row("c1", 0),
    "agent:main:subagent:s1": { ...row("s1", 5), label: "L" },
    "agent:main:subagent:s2": row("s2", 300),
    "agent:main:cron:nots": row("c2", undefined),
  };
  const ids = ["m1", "d1", "c1", "s1", "s2", "c2"];
  const fs = diskWith({
    rows: main,
    files: Object.fromEntries(ids.map((id) => [`${id}.jsonl`, transcript(id)])),
    settings,
  });
  const analyst = {
    "agent:analyst:telegram:direct:7": row("a1", 120),
    "agent:analyst:subagent:a2": row("a2", 120),
  };
  const dir = `${stateDir}/agents/analyst/sessions`;
  writeTree(fs, dir, {
    "sessions.json": JSON.stringify(analyst),
    "a1.jsonl": transcript("a1"),
    "a2.jsonl": transcript("a2"),
  });
  const host = { ...hostOver(fs), env: { OPENCLAW_STATE_DIR: stateDir, ...env } };
  const { call } = createSessionMethods(openSessionStores({ host }));
  return { fs, dir, call };
}

describe("the five functions of Aria", () => {
  test("an age of zero is refused with what would be right", async () => {
    const refused = aria().call("prune_sessions", { max_age_minutes: 0 });
    await expect(refused).rejects.toMatchObject({
      message: expect.stringContaining("at /max_age_minutes: must be > 0"),
    });
  });

  test("list_sessions tells all agents, or one", async () => {
    const { call } = aria();
    expect(await call("list_sessions", {})).toMatchObject({ session_count: 9 });
    expect(await call("list_sessions", { agent: "analyst" })).toMatchObject({ session_count: 2 });
  });

  test("get_session_stats counts all agents by an hour", async () => {
    const { call } = aria();
    expect(await call("get_session_stats", {})).toEqual({
      total_sessions: 9,
      stale_sessions: 7,
      active_sessions: 2,
      by_agent: { analyst: 2, main: 7 },
      stale_threshold_minutes: 60,
    });
  });

  test("prune_sessions takes cron jobs and sub-agents that nobody used for an hour, and its counts add up", async () => {
    const { call, fs } = aria();
    const before = visible(fs);
    const told = { total_sessions: 9, pruned_count: 3, kept_count: 6, errors: [], threshold_minutes: 60 };
    const preview = await call("prune_sessions", { dry_run: "true" });
    expect(preview).toMatchObject({ ...told, dry_run: true, operation_ids: [] });
    expect(visible(fs)).toEqual(before);
    const done = await call("prune_sessions", {});
    expect(done).toMatchObject({ ...told, dry_run: false });
    expect(Object(done).deleted_ids.toSorted()).toEqual(["a2", "c1", "s2"]);
    expect(Object(done).operation_ids).toHaveLength(2);
  });

  test("the transcript of a session that another row still needs stays", async () => {
    const { call, fs } = aria();
    await call("prune_sessions", {});
    const { "sessions.json": index = "", ...files } = visible(fs);
    expect(JSON.parse(index)).not.toHaveProperty(["agent:main:cron:c1"]);
    expect(JSON.parse(index)).toHaveProperty(["agent:main:cron:c1:run:1"]);
    expect(files).toHaveProperty(["c1.jsonl"]);
  });

  test("prune_sessions spares the session that calls, and does nothing else in mode enforce", async () => {
    const enforce = { session: { maintenance: { mode: "enforce", pruneAfter: "1h" } } };
    const { call } = aria({ ARIA_SESSION_ID: "s2" }, enforce);
    expect(Object(await call("prune_sessions", {})).deleted_ids.toSorted()).toEqual(["a2", "c1"]);
  });

  test.each([
    [{ max_age_minutes: 0 }],
    [{ max_age_minutes: "x" }],
    [{ max_age_minutes: -5 }],
    [{ dry_run: "perhaps" }],
    [{ maxAgeMinutes: 5 }],
  ])("prune_sessions %j is refused", async (params) => {
    await expect(aria().call("prune_sessions", params)).rejects.toMatchObject({ code: "E_USAGE" });
  });

  test("delete_session takes all rows of an id, and keeps the transcript", async () => {
    const { call, fs } = aria();
    expect(await call("delete_session", { session_id: "c1" })).toMatchObject({
      deleted: "c1",
      removed_keys: ["agent:main:cron:c1", "agent:main:cron:c1:run:1"],
      transcript_archived: true,
      pg_status_updated: false,
      message: "Session c1 removed from filesystem (2 keys, transcript=archived)",
    });
    expect(Object.keys(visible(fs)).some((name) => name.startsWith("c1.jsonl.deleted."))).toBe(true);
  });

  test("delete_session refuses a conversation of the agent main, the session that calls, and main sessions", async () => {
    const { call } = aria({ ARIA_SESSION_ID: "s1" });
    const end = (id: string) => call("delete_session", { session_id: id });
    await expect(end("m1")).rejects.toThrow(
      "Cannot delete main agent session m1 (key=agent:main:main). Only cron/subagent sessions may be deleted.",
    );
    await expect(end("d1")).rejects.toMatchObject({ code: "E_REFUSED" });
    await expect(end("s1")).rejects.toThrow("Cannot delete current session s1");
  });

  test("an id that is nowhere is told, and is no error; no id is one", async () => {
    const { call } = aria();
    expect(await call("delete_session", { session_id: "zzz" })).toMatchObject({
      deleted: "zzz",
      removed_keys: [],
    });
    await expect(call("delete_session", {})).rejects.toMatchObject({ code: "E_USAGE" });
  });

  test("cleanup_after_delegation ends the session of a sub-agent, and no other", async () => {
    const { call } = aria();
    expect(await call("cleanup_after_delegation", { session_id: "s1" })).toMatchObject({
      removed_keys: ["agent:main:subagent:s1"],
    });
    expect(await call("cleanup_after_delegation", { session_id: "a1" })).toMatchObject({
      removed_keys: [],
      message: "Session a1 is not of kind subagent; nothing was removed",
    });
  });
});
