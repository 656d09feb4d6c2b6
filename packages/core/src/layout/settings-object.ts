import type { FindingId } from "../findings/finding-catalogue.ts";
import { finding, type Finding } from "../findings/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json-value.ts";

/** Collects what could not be used as written while a settings file is read. */
export interface SettingsReport {
  /** Absolute path of the file. */
  readonly file: string;
  readonly findings: Finding[];
}

/** An object of the settings file and its dotted path ("" for the root). */
export interface SettingsObject {
  readonly path: string;
  readonly members: JsonObject;
}

/** Adds a finding about one key. `expected` ends the sentence "expected …"; the value itself is never kept. */
export function reportSetting(
  report: SettingsReport,
  id: Extract<FindingId, `settings-${string}`>,
  problem: { readonly field: string; readonly expected?: string },
): void {
  const { field, expected } = problem;
  const details = expected === undefined ? undefined : { expected };
  report.findings.push(finding(id, { path: report.file, field }, details));
}

/** The dotted path of a member. */
export function memberPath(object: SettingsObject, name: string): string {
  return object.path === "" ? name : `${object.path}.${name}`;
}

/** A member as it stands, or undefined; never one that the object inherits. */
export function memberOf(object: SettingsObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object.members, name) ? object.members[name] : undefined;
}

/** The root of a settings file; an `$include` there is reported, because what it brings is not known. */
export function rootObject(members: JsonObject, report: SettingsReport): SettingsObject {
  return entered({ path: "", members }, report);
}

/** A member that must be an object, or undefined if it is absent or (reported) something else. */
export function objectMember(
  object: SettingsObject,
  name: string,
  report: SettingsReport,
): SettingsObject | undefined {
  return asObject(memberOf(object, name), memberPath(object, name), report);
}

/** The items of a member that must be a list of objects; what is not an object is reported and left out. */
export function listMember(
  object: SettingsObject,
  name: string,
  report: SettingsReport,
): readonly SettingsObject[] {
  const value = memberOf(object, name);
  const path = memberPath(object, name);
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    reportSetting(report, "settings-invalid-value", { field: path, expected: "a list" });
    return [];
  }
  return value.flatMap((item: JsonValue, at) => asObject(item, `${path}[${at}]`, report) ?? []);
}

/** Reports every member whose name is not among `known`. */
export function reportUnknownMembers(
  object: SettingsObject,
  known: ReadonlySet<string>,
  report: SettingsReport,
): void {
  for (const name of Object.keys(object.members)) {
    if (name === "$include" || known.has(name)) continue;
    reportSetting(report, "settings-unknown-key", { field: memberPath(object, name) });
  }
}

function asObject(
  value: JsonValue | undefined,
  path: string,
  report: SettingsReport,
): SettingsObject | undefined {
  if (value === undefined) return undefined;
  if (isJsonObject(value)) return entered({ path, members: value }, report);
  reportSetting(report, "settings-invalid-value", { field: path, expected: "an object" });
  return undefined;
}

function entered(object: SettingsObject, report: SettingsReport): SettingsObject {
  if (memberOf(object, "$include") !== undefined) {
    reportSetting(report, "settings-include", { field: memberPath(object, "$include") });
  }
  return object;
}
