import {
  parseDuration,
  parseMoment,
  readSettings,
  resolveConfigPath,
  resolveStateDir,
  resolveStoreTargets,
} from "@sessionsmith/core";
import type { Finding, Host, SessionSettings, StoreTarget } from "@sessionsmith/core";
import type { CommandCall } from "./command-spec.ts";
import type { GivenOptions } from "./options/given-options.ts";
import type { ValueSpec } from "./options/option-spec.ts";
import { longFlag } from "./options/option-spec.ts";
import { nowOption } from "./options/output-options.ts";
import {
  agentOption,
  allAgentsOption,
  configOption,
  discoveredOption,
  stateDirOption,
  storeOption,
} from "./options/selection-options.ts";
import { UsageError } from "./usage-error.ts";

/** The stores that a command line points at, and what judges them. */
export interface ChosenStores {
  readonly host: Host;
  /** Epoch ms of the clock, or of `--now`. */
  readonly now: number;
  readonly settings: SessionSettings;
  /** Absolute path of the state directory. */
  readonly stateDir: string;
  readonly targets: readonly StoreTarget[];
  /** What was noticed while looking for stores; `settings.findings` come on top. */
  readonly findings: readonly Finding[];
  /** How many further stores were asked for and left out, because they can't be opened safely; `findings` says which. */
  readonly leftOut: number;
  /** True if every agent was asked for: then the result is a list of stores, be it of one. */
  readonly allAgents: boolean;
}

/** Where OpenClaw keeps its state, and its settings. */
export type State = Pick<ChosenStores, "host" | "settings" | "stateDir">;

/** Reads the settings that the options lead to. @throws StoreError as `readSettings` of core does */
export function readState({ options }: Pick<CommandCall, "options">, host: Host): State {
  const stateDir = resolveStateDir(host, options.value(stateDirOption));
  const configPath = resolveConfigPath(host, stateDir, options.value(configOption));
  const settings = readSettings(host, configPath, stateDir.path);
  return { host, settings, stateDir: stateDir.path };
}

/**
 * Finds the stores that the selection options mean, and reads the settings; reads no index.
 * @param unless what no selection means: the default agent's store, or every store of the state directory
 * @throws StoreError as `readSettings` and `resolveStoreTargets` of core do
 */
export function chooseStores(
  { options }: Pick<CommandCall, "options">,
  host: Host,
  unless: "default-agent" | "every-store" = "default-agent",
): ChosenStores {
  const now = readNow(options, host);
  const state = readState({ options }, host);
  const { settings, stateDir } = state;
  const [store, agent] = [options.value(storeOption), options.value(agentOption)];
  const flags = [options.flag(allAgentsOption) === true, options.flag(discoveredOption) === true];
  const every =
    unless === "every-store" && store === undefined && agent === undefined && !flags.includes(true);
  const [allAgents = false, discovered = false] = flags.map((flag) => flag || every);
  const found = resolveStoreTargets(host, settings, { stateDir, store, agent, allAgents, discovered });
  return {
    ...state,
    now,
    targets: found.targets,
    findings: found.findings,
    leftOut: found.findings.filter(({ severity }) => severity === "error").length,
    allAgents,
  };
}

function readNow(options: GivenOptions, host: Host): number {
  return readMomentMs(options, nowOption) ?? host.clock.now();
}

/** The moment of an option in epoch ms, undefined if it is not given. */
export function readMomentMs(options: GivenOptions, spec: ValueSpec<string>): number | undefined {
  const text = options.value(spec);
  if (text === undefined) return undefined;
  const moment = parseMoment(text);
  if (!moment.ok) throw new UsageError(`${longFlag(spec)} "${text}": ${moment.problem}`);
  return moment.atMs;
}

/**
 * The length of a duration option in ms, undefined if it is not given.
 * @param bareUnit what a number without unit means; without it a unit is needed
 */
export function readDurationMs(
  options: GivenOptions,
  spec: ValueSpec<string>,
  bareUnit?: "m",
): number | undefined {
  const text = options.value(spec);
  if (text === undefined) return undefined;
  const duration = parseDuration(text, bareUnit === undefined ? {} : { bareUnit });
  if (!duration.ok) throw new UsageError(`${longFlag(spec)} "${text}": ${duration.problem}`);
  return duration.ms;
}
