import { normalize } from "node:path";
import type { Guard, SessionSettings } from "@sessionsmith/core";
import { resolveCleanupPolicy } from "@sessionsmith/maintenance";
import type { CleanupFlags, CleanupPolicy } from "@sessionsmith/maintenance";
import {
  activeKeyOption,
  detailsOption,
  dryRunOption,
  enforceOption,
  presetOption,
} from "../options/cleanup-options.ts";
import type { GivenOptions } from "../options/given-options.ts";
import { jsonOption, nowOption } from "../options/output-options.ts";
import {
  allowMassOption,
  allowOrphansOption,
  forceOption,
  metricsFileOption,
  planOutOption,
  whileRunningOption,
} from "../options/writing-options.ts";
import { UsageError } from "../usage-error.ts";
import { handOrders } from "./hand-orders.ts";

/** What `cleanup` was told to do. */
export interface CleanupOrder {
  readonly policy: CleanupPolicy;
  /** True if the stores are changed; false for every kind of preview. */
  readonly acts: boolean;
  /** True for an order given by hand, which acts in mode warn too. */
  readonly byHand: boolean;
  /** True if the operator said himself that nothing is to be changed. */
  readonly onlyLooks: boolean;
  readonly confirmed: readonly Guard[];
  readonly whileRunning: boolean;
  /** Where the plan is saved, as given. */
  readonly planOut: string | undefined;
  /** Where the numbers of the run are written, as given. */
  readonly metricsFile: string | undefined;
  readonly force: boolean;
  /** True if every row is reported. */
  readonly details: boolean;
}

/**
 * Reads the order: the effective mode is --enforce, else the settings, else warn; orders by hand act in either mode; --dry-run
 * and --plan-out never act.
 * @throws UsageError for flags that contradict each other; StoreError as `resolveCleanupPolicy` does
 */
export function cleanupOrder(options: GivenOptions, settings: SessionSettings): CleanupOrder {
  const planOut = options.value(planOutOption);
  const metricsFile = options.value(metricsFileOption);
  const force = options.flag(forceOption) === true;
  const isDryRun = options.flag(dryRunOption) === true;
  const enforce = options.flag(enforceOption) === true;
  if (enforce && (isDryRun || planOut !== undefined))
    throw new UsageError("--enforce can't be combined with --dry-run or --plan-out, which change nothing");
  if (force && planOut === undefined && metricsFile === undefined)
    throw new UsageError("--force goes with --plan-out or --metrics-file");
  if (planOut !== undefined && metricsFile !== undefined && normalize(planOut) === normalize(metricsFile))
    throw new UsageError("--plan-out and --metrics-file name the same file");
  const onlyLooks = isDryRun || planOut !== undefined;
  const orders = handOrders(options);
  const { byHand } = orders;
  const acts = !onlyLooks && (enforce || settings.maintenance.mode === "enforce" || byHand);
  const policy = resolveCleanupPolicy({
    settings,
    flags: { ...cleanupFlags(options), ...orders.flags, preview: !acts },
  });
  if (acts && options.value(nowOption) !== undefined)
    throw new UsageError("--now goes with a preview only", "Add --dry-run.");
  return {
    policy,
    acts,
    byHand,
    onlyLooks,
    confirmed: confirmedGuards(options),
    whileRunning: options.flag(whileRunningOption) === true,
    planOut,
    metricsFile,
    force,
    details: options.flag(jsonOption) !== true || options.flag(detailsOption) === true,
  };
}

/** The guards that the operator has confirmed. */
export function confirmedGuards(options: GivenOptions): readonly Guard[] {
  const confirmed: Guard[] = [];
  if (options.flag(allowMassOption) === true) confirmed.push("mass");
  if (options.flag(allowOrphansOption) === true) confirmed.push("orphans");
  return confirmed;
}

function cleanupFlags(options: GivenOptions): CleanupFlags {
  const preset = options.value(presetOption);
  return {
    enforce: options.flag(enforceOption) === true,
    activeKeys: options.list(activeKeyOption),
    ...(preset === undefined ? {} : { preset }),
  };
}
