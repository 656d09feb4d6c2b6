import { join } from "node:path";
import type { Host } from "../disk/host.ts";
import { finding, type Finding } from "../findings/finding.ts";
import type { JsonObject } from "../json-value.ts";
import { isStoreError } from "../store-error.ts";
import { lookOrFail } from "./disk-error.ts";
import { leaseTable } from "./lease-table.ts";
import type { GivenMaintenance } from "./maintenance-settings.ts";
import { readMaintenance } from "./read-maintenance.ts";
import { readRules } from "./read-rules.ts";
import type { RetentionRule } from "./retention-rule.ts";
import { readTtl } from "./setting-value.ts";
import { readSettingsFile } from "./settings-file.ts";
import { objectMember, reportUnknownMembers, rootObject, type SettingsReport } from "./settings-object.ts";

/** Absolute path of our own settings file in a directory: that of `openclaw.json`, else the state directory. */
export function ownSettingsPath(directory: string): string {
  return join(directory, "sessionsmith.json5");
}

/** What our own settings file says. */
export interface OwnSettings {
  readonly maintenance: Partial<GivenMaintenance>;
  readonly rules: readonly RetentionRule[];
  /** `lease.defaultTtl` in seconds, null for ever; undefined if it is not given. */
  readonly leaseTtlSeconds: number | null | undefined;
  readonly findings: readonly Finding[];
}

const nothing: OwnSettings = { maintenance: {}, rules: [], leaseTtlSeconds: undefined, findings: [] };

/**
 * Reads `sessionsmith.json5` of a directory: `session.maintenance` with the keys that OpenClaw has there, and `rules`; and
 * `lease.defaultTtl`. Nothing else may stand in it. A file that is not there says nothing; one that can't be read or parsed is an error finding and not
 * thrown, because it decides only on what is removed: what brings sessions back goes on without it.
 */
export function readOwnSettings(host: Host, directory: string | undefined): OwnSettings {
  if (directory === undefined) return nothing;
  const report: SettingsReport = { file: ownSettingsPath(directory), findings: [] };
  const members = readMembers(host, report);
  if (members === undefined) return { ...nothing, findings: report.findings };
  return ownSettingsOf(members, report);
}

/** What the root of our own settings file says; what can't be used is reported and left out. */
export function ownSettingsOf(members: JsonObject, report: SettingsReport): OwnSettings {
  const root = rootObject(members, report);
  reportUnknownMembers(root, new Set(["session", "lease"]), report);
  const lease = objectMember(root, "lease", report);
  if (lease !== undefined) reportUnknownMembers(lease, new Set(["defaultTtl"]), report);
  const session = objectMember(root, "session", report);
  if (session !== undefined) reportUnknownMembers(session, new Set(["maintenance"]), report);
  const object = session && objectMember(session, "maintenance", report);
  return {
    maintenance: readMaintenance(object, report, ["rules"]),
    rules: object === undefined ? [] : readRules(object, report),
    leaseTtlSeconds: lease && readTtl(lease, leaseTable.defaultTtl, report),
    findings: report.findings,
  };
}

/** Undefined if there is no file, or (reported) it can't be read. A link to nothing is not "no file". */
function readMembers({ fs }: Host, { file, findings }: SettingsReport): JsonObject | undefined {
  try {
    const fact = lookOrFail("E_CONFIG", file, () => fs.lstat(file));
    return fact === undefined ? undefined : readSettingsFile(fs, file);
  } catch (error) {
    if (!isStoreError(error) || error.code !== "E_CONFIG") throw error;
    // Whether anything was changed is for the command to say that meets the finding.
    const problem = error.message.replace(" Nothing was changed.", "");
    findings.push(finding("settings-unreadable", { path: file }, { problem }));
    return undefined;
  }
}
