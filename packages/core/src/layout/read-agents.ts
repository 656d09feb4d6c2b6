import { normalizeAgentId } from "../keys/agent-id.ts";
import { readCount, readFlag, readModel, readText } from "./setting-value.ts";
import type { AgentSettings } from "./session-settings.ts";
import {
  listMember,
  memberOf,
  memberPath,
  objectMember,
  reportSetting,
  reportUnknownMembers,
  type SettingsObject,
  type SettingsReport,
} from "./settings-object.ts";
import { membersInTable, settingsTable } from "./settings-table.ts";

/** The agents of a settings file and the one that is meant when none is named. */
export interface AgentsSettings {
  readonly agents: readonly AgentSettings[];
  readonly defaultAgentId: string;
}

/** The agent of a settings file that lists none. */
const onlyAgentId = "main";

interface ListedAgent extends AgentSettings {
  readonly isDefault: boolean;
}

/**
 * Reads `agents`. An item without a usable id, and a second one with the same id, is reported and left out.
 * Settings that list no agent have one, `main`.
 */
export function readAgents(object: SettingsObject | undefined, report: SettingsReport): AgentsSettings {
  if (object === undefined) {
    return {
      agents: [{ id: onlyAgentId, model: undefined, contextTokens: undefined }],
      defaultAgentId: onlyAgentId,
    };
  }
  reportUnknownMembers(object, membersInTable("agents"), report);
  const defaults = readDefaults(objectMember(object, "defaults", report), report);
  const listed: ListedAgent[] = [];
  for (const item of listMember(object, "list", report)) {
    const agent = readAgent(item, report);
    if (agent === undefined) continue;
    if (listed.some(({ id }) => id === agent.id)) {
      reportSetting(report, "settings-duplicate-agent", { field: memberPath(item, "id") });
    } else listed.push(agent);
  }
  if (listed.length === 0) return { agents: [{ id: onlyAgentId, ...defaults }], defaultAgentId: onlyAgentId };
  const standard = listed.find(({ isDefault }) => isDefault) ?? listed[0];
  return {
    agents: listed.map(({ id, model, contextTokens }) => ({
      id,
      model: model ?? defaults.model,
      contextTokens: contextTokens ?? defaults.contextTokens,
    })),
    defaultAgentId: standard?.id ?? onlyAgentId,
  };
}

function readDefaults(object: SettingsObject | undefined, report: SettingsReport) {
  if (object === undefined) return { model: undefined, contextTokens: undefined };
  return {
    model: readModel(object, settingsTable.defaultModel, report),
    contextTokens: readCount(object, settingsTable.defaultContextTokens, report),
  };
}

function readAgent(item: SettingsObject, report: SettingsReport): ListedAgent | undefined {
  const id = readText(item, settingsTable.agentId, report);
  const isDefault = readFlag(item, settingsTable.agentDefault, report) ?? false;
  const model = readModel(item, settingsTable.agentModel, report);
  const contextTokens = readCount(item, settingsTable.agentContextTokens, report);
  if (id !== undefined) return { id: normalizeAgentId(id), isDefault, model, contextTokens };
  if (memberOf(item, "id") === undefined) {
    const { range: expected } = settingsTable.agentId;
    reportSetting(report, "settings-invalid-value", { field: memberPath(item, "id"), expected });
  }
  return undefined;
}
