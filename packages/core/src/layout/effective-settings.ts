import { dirname } from "node:path";
import type { Host } from "../disk/host.ts";
import type { FindingId } from "../findings/finding-catalogue.ts";
import type { Finding } from "../findings/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json-value.ts";
import { isStoreError } from "../store-error.ts";
import { readEnv } from "./home-path.ts";
import { isOwnSetting, singleSettings } from "./own-setting.ts";
import { ownSettingsPath } from "./read-own-settings.ts";
import { readSettings } from "./read-settings.ts";
import { readSettingsFile } from "./settings-file.ts";
import { type SettingSpec, settingsTable } from "./settings-table.ts";

/** Where a value comes from. */
export type SettingSource = "default" | "environment" | "openclaw.json" | "sessionsmith.json5";

/** A setting as it holds. */
export interface EffectiveSetting {
  readonly spec: SettingSpec;
  /** In the notation of the file; null if it is not set and there is no default. */
  readonly value: JsonValue;
  readonly source: SettingSource;
  /** Absolute path of the file that says it, or the name of the variable; undefined for a default. */
  readonly origin: string | undefined;
}

/**
 * Every single setting as it holds, and where it comes from. A value that can't be used does not hold: what comes next does.
 * @param configPath absolute path of `openclaw.json`; undefined if there is none
 * @throws StoreError E_CONFIG as `readSettings` does
 */
export function effectiveSettings(
  host: Host,
  configPath: string | undefined,
  stateDir: string,
): readonly EffectiveSetting[] {
  const ownPath = ownSettingsPath(configPath === undefined ? stateDir : dirname(configPath));
  const { findings } = readSettings(host, configPath, stateDir);
  const own = ownMembers(host, ownPath);
  const theirs = configPath === undefined ? {} : readSettingsFile(host.fs, configPath);
  const port = readEnv(host, "OPENCLAW_GATEWAY_PORT");
  return singleSettings.map((spec): EffectiveSetting => {
    if (spec.path === settingsTable.gatewayPort.path && port !== undefined && /^\d{1,5}$/.test(port))
      return { spec, value: Number(port), source: "environment", origin: "OPENCLAW_GATEWAY_PORT" };
    const ours = isOwnSetting(spec) ? usable(own, spec, { findings, file: ownPath }) : undefined;
    if (ours !== undefined) return { spec, value: ours, source: "sessionsmith.json5", origin: ownPath };
    const given = usable(theirs, spec, { findings, file: configPath ?? "" });
    if (given !== undefined) return { spec, value: given, source: "openclaw.json", origin: configPath };
    return { spec, value: spec.default, source: "default", origin: undefined };
  });
}

/** A file that can't be read is a finding of the settings, and says nothing. */
function ownMembers({ fs }: Host, path: string): JsonObject {
  try {
    return fs.lstat(path) === undefined ? {} : readSettingsFile(fs, path);
  } catch (error) {
    if (isStoreError(error) && error.code === "E_CONFIG") return {};
    throw error;
  }
}

/** Findings on a value that then does not hold. */
const unusable: ReadonlySet<FindingId> = new Set([
  "settings-invalid-value",
  "settings-variable",
  "settings-value-left-out",
]);

function usable(
  members: JsonObject,
  { path }: SettingSpec,
  { findings, file }: { readonly findings: readonly Finding[]; readonly file: string },
): JsonValue | undefined {
  const isBad = findings.some(
    ({ id, place }) => unusable.has(id) && place.path === file && place.field === path,
  );
  return isBad ? undefined : memberAt(members, path.split("."));
}

function memberAt(members: JsonObject, [name = "", ...rest]: readonly string[]): JsonValue | undefined {
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  if (rest.length === 0) return value;
  return isJsonObject(value) ? memberAt(value, rest) : undefined;
}
