import { isAgentId, normalizeAgentId } from "../keys/agent-id.ts";
import type { RetentionRule, RuleMatch } from "./retention-rule.ts";
import { rulesTable } from "./rules-table.ts";
import { readChoice, readCount, readDuration, readFlag, readText } from "./setting-value.ts";
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
import type { SettingSpec } from "./settings-table.ts";

const matchNames: ReadonlySet<string> = new Set(["key", "kind", "channel", "agent", "label"]);
const effectNames = ["pruneAfter", "maxEntries", "keepNewest", "pin", "stage"] as const;
const ruleNames: ReadonlySet<string> = new Set(["match", ...effectNames]);

/**
 * Reads `session.maintenance.rules` strictly. Every problem is reported as an error; a rule that could not be read is left
 * out, which is of no harm because nothing is removed then.
 */
export function readRules(maintenance: SettingsObject, report: SettingsReport): readonly RetentionRule[] {
  return listMember(maintenance, "rules", report).flatMap((object) => {
    const before = report.findings.length;
    const rule = readRule(object, report);
    return report.findings.length === before ? [rule] : [];
  });
}

function readRule(object: SettingsObject, report: SettingsReport): RetentionRule {
  reportUnknownMembers(object, ruleNames, report);
  const pruneAfterMs = readDuration(object, rulesTable.pruneAfter, report);
  const maxEntries = readCount(object, rulesTable.maxEntries, report);
  const keepNewest = readCount(object, rulesTable.keepNewest, report);
  const isPinned = readFlag(object, rulesTable.pin, report);
  const stage = readChoice(object, rulesTable.stage, report) ?? rulesTable.stage.default;
  if (keepNewest !== undefined && maxEntries !== undefined && keepNewest > maxEntries)
    reportMember(object, rulesTable.keepNewest, report);
  checkEffects(object, isPinned, report);
  return {
    match: readMatch(object, report),
    ...(pruneAfterMs === undefined ? {} : { pruneAfterMs }),
    ...(maxEntries === undefined ? {} : { maxEntries }),
    ...(keepNewest === undefined ? {} : { keepNewest }),
    ...(isPinned === true ? { pin: true } : {}),
    stage,
  };
}

/** A rule that changes nothing, or that says two things at once, is not what its author meant. */
function checkEffects(object: SettingsObject, isPinned: boolean | undefined, report: SettingsReport): void {
  const given = effectNames.filter((name) => memberOf(object, name) !== undefined);
  const isDefault = memberOf(object, "stage") === rulesTable.stage.default;
  const isIdle = given.length === 0 || (given.length === 1 && isDefault);
  if (isIdle) {
    const expected = 'an effect: pruneAfter, maxEntries, keepNewest, pin or stage "metadata"';
    reportSetting(report, "settings-invalid-value", { field: object.path, expected });
  }
  if (isPinned === false || (isPinned === true && given.length > 1))
    reportMember(object, rulesTable.pin, report);
}

function reportMember(object: SettingsObject, { path, range }: SettingSpec, report: SettingsReport): void {
  const field = memberPath(object, path.slice(path.lastIndexOf(".") + 1));
  reportSetting(report, "settings-invalid-value", { field, expected: range });
}

function readMatch(rule: SettingsObject, report: SettingsReport): RuleMatch {
  const object = objectMember(rule, "match", report);
  if (object === undefined || Object.keys(object.members).length === 0) {
    const expected = `an object with ${[...matchNames].join(", ")}, or several of them`;
    if (object !== undefined || memberOf(rule, "match") === undefined)
      reportSetting(report, "settings-invalid-value", { field: memberPath(rule, "match"), expected });
    return {};
  }
  reportUnknownMembers(object, matchNames, report);
  const key = readText(object, rulesTable.key, report);
  const kind = readChoice(object, rulesTable.kind, report);
  const channel = readText(object, rulesTable.channel, report);
  const agent = readText(object, rulesTable.agent, report);
  const label = readText(object, rulesTable.label, report);
  // A pattern such as `*` would be normalised to the id `main`.
  if (agent !== undefined && !isAgentId(agent)) reportMember(object, rulesTable.agent, report);
  return {
    ...(key === undefined ? {} : { key }),
    ...(kind === undefined ? {} : { kind }),
    ...(channel === undefined ? {} : { channel: channel.toLowerCase() }),
    ...(agent === undefined ? {} : { agent: normalizeAgentId(agent) }),
    ...(label === undefined ? {} : { label }),
  };
}
