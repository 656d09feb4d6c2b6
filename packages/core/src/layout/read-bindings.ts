import { isJsonObject, type JsonObject } from "../json-value.ts";
import { normalizeAgentId } from "../keys/agent-id.ts";
import type { DmScope } from "../keys/dm-scope.ts";
import { readChoice } from "./setting-value.ts";
import {
  listMember,
  memberOf,
  objectMember,
  reportUnknownMembers,
  type SettingsObject,
  type SettingsReport,
} from "./settings-object.ts";
import { membersInTable, settingsTable } from "./settings-table.ts";

/** A binding that splits the direct messages of its route in its own way, and what is known of the route. */
export type BindingDmScope = {
  readonly dmScope: DmScope;
  /** Normalised; null if it can be any agent. */
  readonly agentId: string | null;
  /** Lower case; null if it can be any channel. */
  readonly channel: string | null;
};

/**
 * Reads the bindings that have a `session.dmScope`, in file order. Of what a binding matches only the agent and the channel are
 * kept: whatever else narrows it (account, peer, guild, roles) is not looked at, so that a binding never seems to concern less
 * than it does. An agent or a channel that can't be told stands for every one.
 */
export function readBindingDmScopes(root: SettingsObject, report: SettingsReport): readonly BindingDmScope[] {
  const known = membersInTable("bindings[].session");
  return listMember(root, "bindings", report).flatMap((binding) => {
    const session = objectMember(binding, "session", report);
    if (session === undefined) return [];
    reportUnknownMembers(session, known, report);
    const dmScope = readChoice(session, settingsTable.bindingDmScope, report);
    return dmScope === undefined ? [] : [{ dmScope, ...routeOf(binding) }];
  });
}

function routeOf(binding: SettingsObject): Omit<BindingDmScope, "dmScope"> {
  const match = memberOf(binding, "match");
  const agentId = plainText(binding.members, "agentId");
  const channel = isJsonObject(match) ? plainText(match, "channel") : null;
  return { agentId: agentId && normalizeAgentId(agentId), channel: channel && channel.toLowerCase() };
}

/** Null for what is no text, for a wild card, and for what only OpenClaw can fill in. */
function plainText(members: JsonObject, name: string): string | null {
  const value = Object.hasOwn(members, name) && !Object.hasOwn(members, "$include") ? members[name] : null;
  const text = typeof value === "string" ? value.trim() : "";
  return text === "" || text === "*" || text.includes("${") ? null : text;
}
