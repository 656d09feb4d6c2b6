import { normalizeAgentId, sessionKinds, type SessionSettings, type StoreTarget } from "@sessionsmith/core";
import * as z from "zod";
import { thinkingLevels } from "../patch/patch-rules.ts";
import { resolvedModel } from "../patch/resolved-model.ts";
import { selectSessions } from "../select-sessions.ts";
import type { ListQuery } from "../list-query.ts";
import { childSessions } from "./child-sessions.ts";
import { gatewayRow, thinkingChoices } from "./gateway-row.ts";
import { searched } from "./key-scope.ts";
import { defineMethod } from "./method.ts";
import { positive, thinkingLevelSchema } from "./schemas.ts";
import { type SessionStores, targetOfAgent, targetsOf } from "./session-stores.ts";

const defaultLimit = 100;

const params = z.strictObject({
  limit: positive.default(defaultLimit),
  offset: z.int().min(0).default(0),
  activeMinutes: positive.optional(),
  includeGlobal: z.boolean().default(false),
  includeUnknown: z.boolean().default(false),
  configuredAgentsOnly: z.boolean().default(false),
  includeDerivedTitles: z.boolean().default(false),
  includeLastMessage: z.boolean().default(false),
  /** Other names of the last two. */
  addDerivedTitles: z.boolean().default(false),
  addLastMessagePreview: z.boolean().default(false),
  label: z.string().trim().min(1).optional(),
  spawnedBy: z.string().trim().min(1).optional(),
  agentId: z.string().trim().min(1).optional(),
  search: z.string().optional(),
});

type Params = z.output<typeof params>;

const rowSchema = z.looseObject({
  key: z.string(),
  kind: z.string(),
  updatedAt: z.number().nullable(),
  thinkingLevels: z.array(thinkingLevelSchema).readonly(),
  thinkingOptions: z.array(z.string()).readonly(),
  totalTokensFresh: z.boolean(),
});

/** `sessions.list`: the newest sessions of all agents or one; runs of cron jobs, `global` and `unknown` are left out. */
export const listMethod = defineMethod({
  name: "sessions.list",
  summary: "stored sessions, newest first",
  params,
  result: z.strictObject({
    ts: z.number(),
    /** The index, or `(multiple)`. */
    path: z.string(),
    count: z.int(),
    totalCount: z.int(),
    limitApplied: z.int(),
    offset: z.int().optional(),
    nextOffset: z.int().nullable(),
    hasMore: z.boolean(),
    defaults: z.looseObject({
      thinkingLevels: z.array(thinkingLevelSchema).readonly(),
      thinkingOptions: z.array(z.string()).readonly(),
    }),
    sessions: z.array(rowSchema),
  }),
  run: async (stores, given) => {
    const settings = stores.settings();
    const targets = targetsFor(stores, settings, given);
    const query = queryOf(given, stores.host.clock.now());
    const { sessions, totalCount } = selectSessions(stores.host, { targets, settings }, query);
    const children = childSessions(searched(stores, settings, targets));
    const next = given.offset + sessions.length;
    const hasMore = next < totalCount;
    const [only, ...others] = targets;
    return {
      ts: query.now,
      path: only === undefined || others.length > 0 ? "(multiple)" : only.indexPath,
      count: sessions.length,
      totalCount,
      limitApplied: given.limit,
      ...(given.offset === 0 ? {} : { offset: given.offset }),
      nextOffset: hasMore ? next : null,
      hasMore,
      defaults: defaultsOf(settings),
      sessions: sessions.map((session) => {
        const context = { now: query.now, childSessions: children.get(session.key) ?? [] };
        return rowSchema.parse(JSON.parse(JSON.stringify(gatewayRow(session, context))));
      }),
    };
  },
});

function targetsFor(
  stores: SessionStores,
  settings: SessionSettings,
  { agentId, configuredAgentsOnly }: Params,
): readonly StoreTarget[] {
  if (agentId !== undefined) return [targetOfAgent(stores, settings, normalizeAgentId(agentId))];
  const targets = targetsOf(stores, settings);
  return configuredAgentsOnly ? targets.filter(({ origin }) => origin !== "discovered") : targets;
}

/** Runs of cron jobs are the history of their jobs. */
function queryOf(given: Params, now: number): ListQuery {
  const { activeMinutes, search, label, spawnedBy } = given;
  const titles = given.includeDerivedTitles || given.addDerivedTitles;
  return {
    now,
    limit: given.limit,
    offset: given.offset,
    allAgents: true,
    includeGlobal: given.includeGlobal,
    includeUnknown: given.includeUnknown,
    kinds: sessionKinds.filter((kind) => kind !== "cron-run"),
    titles,
    derivedTitles: titles,
    previews: given.includeLastMessage || given.addLastMessagePreview,
    ...(activeMinutes === undefined ? {} : { activeMs: activeMinutes * 60_000 }),
    ...(search === undefined || search.trim() === "" ? {} : { search: search.trim() }),
    ...(label === undefined ? {} : { label }),
    ...(spawnedBy === undefined ? {} : { spawnedBy }),
  };
}

/** What the settings give a session of the default agent; OpenClaw's built-in defaults are not repeated here. */
function defaultsOf(settings: SessionSettings) {
  const agentId = settings.defaultAgentId;
  const agent = settings.agents.find(({ id }) => id === agentId);
  return {
    ...resolvedModel({}, "", { settings, target: { agentId } }),
    ...(agent?.contextTokens === undefined ? {} : { contextTokens: agent.contextTokens }),
    thinkingLevels: thinkingChoices,
    thinkingOptions: thinkingLevels,
  };
}
