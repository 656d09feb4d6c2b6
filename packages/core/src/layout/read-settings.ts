import { dirname } from "node:path";
import type { Host } from "../disk/host.ts";
import { isJsonObject, type JsonValue } from "../json-value.ts";
import { leaseTable } from "./lease-table.ts";
import { readAgents } from "./read-agents.ts";
import { readBindingDmScopes } from "./read-bindings.ts";
import { readIdentityLinks } from "./read-identity-links.ts";
import { completeMaintenance, readMaintenance } from "./read-maintenance.ts";
import { readOwnSettings } from "./read-own-settings.ts";
import type { SessionSettings } from "./session-settings.ts";
import { readChoice, readPort, readText } from "./setting-value.ts";
import { readSettingsFile } from "./settings-file.ts";
import {
  memberOf,
  memberPath,
  objectMember,
  reportSetting,
  reportUnknownMembers,
  rootObject,
  type SettingsObject,
  type SettingsReport,
} from "./settings-object.ts";
import { membersInTable, settingsTable, unreadSessionKeys } from "./settings-table.ts";

const noSession = {
  scope: settingsTable.scope.default,
  dmScope: settingsTable.dmScope.default,
  identityLinks: [],
  mainKey: settingsTable.mainKey.default,
  storeTemplate: undefined,
} as const;

/**
 * Reads what this product takes from `openclaw.json`, and its own `sessionsmith.json5` beside it, whose maintenance settings
 * win. `configPath` is absolute, or undefined if there is no `openclaw.json`: then every default of it holds, and our own file
 * is looked for in `stateDir`. Throws a StoreError E_CONFIG for an `openclaw.json` that can't be read or parsed, because then
 * nothing is known.
 *
 * Everything else is a finding, and the default holds in its place. What makes an error of it, so that nothing may be removed:
 * - a key directly under `session`, `session.maintenance`, `agents` or `bindings[].session` that OpenClaw 2026.5.28 does not know;
 * - a value of a key of the settings table that is not of its form, but for models and token counts, which are only shown;
 * - `session`, `session.identityLinks`, `agents`, `agents.defaults`, an item of `agents.list`, an item of `bindings` or its `session`
 *   that is no object, and `agents.list` or `bindings` that is no list;
 * - `$include` in the root, in one of those objects, or anywhere in `session`;
 * - `${` in a value of a key of the table, or in any text in `session`;
 * - anything in our own file that is not as it must be, and that file itself if it can't be read.
 *
 * Other members of agents and bindings are not looked at: they belong to parts of OpenClaw that decide on no session.
 */
export function readSettings(host: Host, configPath: string | undefined, stateDir?: string): SessionSettings {
  const directory = configPath === undefined ? stateDir : dirname(configPath);
  const own = readOwnSettings(host, directory);
  const members = configPath === undefined ? {} : readSettingsFile(host.fs, configPath);
  const report: SettingsReport = { file: configPath ?? "", findings: [] };
  const root = rootObject(members, report);
  const session = objectMember(root, "session", report);
  const maintenance = session && objectMember(session, "maintenance", report);
  return {
    path: configPath,
    ...(session === undefined ? noSession : readSession(session, report)),
    maintenance: completeMaintenance([own.maintenance, readMaintenance(maintenance, report)], own.rules),
    ...readAgents(objectMember(root, "agents", report), report),
    bindingDmScopes: readBindingDmScopes(root, report),
    leaseTtlSeconds: own.leaseTtlSeconds === undefined ? leaseTable.defaultTtl.default : own.leaseTtlSeconds,
    gatewayPort: readGatewayPort(root, report),
    findings: [...report.findings, ...own.findings],
  };
}

function readSession(session: SettingsObject, report: SettingsReport) {
  reportUnknownMembers(session, new Set([...membersInTable("session"), ...unreadSessionKeys]), report);
  for (const name of ["identityLinks", ...unreadSessionKeys]) {
    reportUnresolved(memberOf(session, name), memberPath(session, name), report);
  }
  return {
    scope: readChoice(session, settingsTable.scope, report) ?? noSession.scope,
    dmScope: readChoice(session, settingsTable.dmScope, report) ?? noSession.dmScope,
    identityLinks: readIdentityLinks(session, report),
    mainKey: readText(session, settingsTable.mainKey, report) ?? noSession.mainKey,
    storeTemplate: readText(session, settingsTable.store, report),
  };
}

/** The rest of `gateway` is not looked at: it decides on no session. */
function readGatewayPort(root: SettingsObject, report: SettingsReport): number {
  const members = memberOf(root, "gateway");
  const gateway = isJsonObject(members) ? { path: memberPath(root, "gateway"), members } : undefined;
  const port = gateway && readPort(gateway, settingsTable.gatewayPort, report);
  return port ?? settingsTable.gatewayPort.default;
}

/** Reports every `$include` and every `${` of a part that is not read. A loop, because the file may nest without limit. */
function reportUnresolved(value: JsonValue | undefined, path: string, report: SettingsReport): void {
  const waiting = [{ value, path }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next.value === "string") {
      if (next.value.includes("${")) reportSetting(report, "settings-variable", { field: next.path });
      continue;
    }
    if (next.value === null || typeof next.value !== "object") continue;
    if (isJsonObject(next.value) && Object.hasOwn(next.value, "$include")) {
      reportSetting(report, "settings-include", { field: `${next.path}.$include` });
    }
    for (const [name, member] of Object.entries(next.value)) {
      waiting.push({ value: member, path: `${next.path}.${name}` });
    }
  }
}
