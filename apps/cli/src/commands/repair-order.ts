import { repairDomains } from "@sessionsmith/maintenance";
import type { AgentRename, PathRebase, RepairDomain } from "@sessionsmith/maintenance";
import type { GivenOptions } from "../options/given-options.ts";
import { nowOption } from "../options/output-options.ts";
import { applyOption, domainOptions, rebaseOption, renameAgentOption } from "../options/repair-options.ts";
import { UsageError } from "../usage-error.ts";

/** What a command line wants to have repaired. */
export interface RepairOrder {
  readonly domains: ReadonlySet<RepairDomain>;
  /** True to do it, false to show it. */
  readonly acts: boolean;
  readonly rename: AgentRename | undefined;
  readonly rebase: PathRebase | undefined;
}

/** Reads the order; without a selection it means everything. */
export function repairOrder(options: GivenOptions): RepairOrder {
  const acts = options.flag(applyOption) === true;
  if (acts && options.value(nowOption) !== undefined)
    throw new UsageError(
      "--now does not go with --apply",
      "Ages are judged by the clock when something is done.",
    );
  const [rename, rebase] = [options.value(renameAgentOption), options.value(rebaseOption)];
  const selected = repairDomains.filter((domain) => {
    const spec = domainOptions[domain];
    const isMeant =
      (domain === "keys" && rename !== undefined) || (domain === "paths" && rebase !== undefined);
    return isMeant || (spec !== undefined && options.flag(spec) === true);
  });
  return { acts, rename, rebase, domains: new Set(selected.length === 0 ? repairDomains : selected) };
}
