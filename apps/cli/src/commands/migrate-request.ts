import { dirname, join, resolve } from "node:path";
import { agentStoreTarget, isAgentId, isNaiveZone, normalizeAgentId } from "@sessionsmith/core";
import type { StoreTarget } from "@sessionsmith/core";
import type { BackupKind, MigrationRequest } from "@sessionsmith/migrate";
import type { State } from "../choose-stores.ts";
import type { GivenOptions } from "../options/given-options.ts";
import {
  agentIdOption,
  backupFilesOption,
  moveOption,
  naiveZoneOption,
  noBackupOption,
  toOption,
} from "../options/migrate-options.ts";
import { longFlag } from "../options/option-spec.ts";
import { UsageError } from "../usage-error.ts";

/** Reads from the command line what is to be migrated, and where to. */
export function readMigrationRequest(
  options: GivenOptions,
  state: State,
  path: string,
): MigrationRequest & Required<Pick<MigrationRequest, "storeOf">> {
  const { host, settings } = state;
  const naiveZone = options.value(naiveZoneOption) ?? "UTC";
  if (!isNaiveZone(naiveZone)) throw new UsageError(`--naive-tz does not know the zone "${naiveZone}"`);
  return {
    workspace: resolve(host.cwd, path),
    agentId: readAgentId(options),
    storeOf: storeFinder(options, state),
    mainKey: settings.mainKey,
    naiveZone,
    backup: readBackup(options),
    move: options.flag(moveOption) === true,
  };
}

function readAgentId(options: GivenOptions): string {
  const given = options.value(agentIdOption) ?? "main";
  if (!isAgentId(given.trim()))
    throw new UsageError("--agent-id needs an agent id: letters, digits, _ and -, at most 64");
  return normalizeAgentId(given);
}

function readBackup(options: GivenOptions): BackupKind {
  const files = options.flag(backupFilesOption) === true;
  const kept = [noBackupOption, backupFilesOption].find((spec) => options.flag(spec) === true);
  if (kept !== undefined && options.flag(moveOption) === true)
    throw new UsageError(`${longFlag(kept)} does not go with --move`, "What is moved is not copied.");
  if (options.flag(noBackupOption) !== true) return files ? "files" : "archive";
  if (files) throw new UsageError("--no-backup does not go with --backup-files");
  return "none";
}

/** The stores that a migration writes to: those of the agents, or the one that `--to` names for all of them. */
export function storeFinder(
  options: GivenOptions,
  { host, settings, stateDir }: State,
): (agentId: string) => StoreTarget {
  const to = options.value(toOption);
  if (to === undefined) {
    const known = new Map<string, StoreTarget>();
    return (agentId) => {
      const target = known.get(agentId) ?? agentStoreTarget(host, settings, { stateDir, agentId });
      known.set(agentId, target);
      return target;
    };
  }
  const indexPath = join(resolve(host.cwd, to), "sessions.json");
  const agentId = readAgentId(options);
  const sessionsDir = dirname(indexPath);
  return () => ({ indexPath, sessionsDir, agentId, origin: "store-flag", shared: true });
}
