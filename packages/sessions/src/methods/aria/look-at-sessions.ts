import { normalizeAgentId } from "@sessionsmith/core";
import * as z from "zod";
import { toAriaList } from "../../formats/aria-list.ts";
import { toAriaStats } from "../../formats/aria-stats.ts";
import { selectSessions } from "../../select-sessions.ts";
import { countSessions } from "../../stats/session-stats.ts";
import { defineMethod } from "../method.ts";
import { targetOfAgent, targetsOf } from "../session-stores.ts";
import { defaultMinutes } from "./aria-params.ts";

/** `list_sessions`: every session of all agents, or of one. */
export const listSessions = defineMethod({
  name: "list_sessions",
  summary: "every session of all agents or of one, in the words of Aria",
  params: z.strictObject({ agent: z.string().trim().min(1).optional() }),
  result: z.strictObject({
    session_count: z.int(),
    sessions: z
      .array(
        z.strictObject({
          id: z.string(),
          sessionId: z.string().nullable(),
          key: z.string(),
          agentId: z.string(),
          session_type: z.enum(["cron", "cron_run", "subagent", "direct"]),
          label: z.string().nullable(),
          updatedAt: z.string().nullable(),
          contextTokens: z.number().nullable(),
          model: z.string().nullable(),
        }),
      )
      .readonly(),
  }),
  run: async (stores, { agent }) => {
    const settings = stores.settings();
    const targets =
      agent === undefined
        ? targetsOf(stores, settings)
        : [targetOfAgent(stores, settings, normalizeAgentId(agent))];
    const query = {
      now: stores.host.clock.now(),
      limit: "all",
      offset: 0,
      allAgents: agent === undefined,
      includeGlobal: true,
      includeUnknown: true,
      titles: false,
      previews: false,
    } as const;
    return toAriaList(selectSessions(stores.host, { targets, settings }, query));
  },
});

/** `get_session_stats`: how many sessions there are, and how many of them nobody used for an hour. */
export const getSessionStats = defineMethod({
  name: "get_session_stats",
  summary: "how many sessions there are, and how many are stale, in the words of Aria",
  params: z.strictObject({}),
  result: z.strictObject({
    total_sessions: z.int(),
    stale_sessions: z.int(),
    active_sessions: z.int(),
    by_agent: z.record(z.string(), z.int()),
    stale_threshold_minutes: z.number(),
  }),
  run: async (stores) => {
    const settings = stores.settings();
    const query = { now: stores.host.clock.now(), staleAfterMs: defaultMinutes * 60_000, allAgents: true };
    return toAriaStats(countSessions(stores.host, { targets: targetsOf(stores, settings), settings }, query));
  },
});
