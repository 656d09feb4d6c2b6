import type { ListQuery } from "@sessionsmith/sessions";
import type { ChosenStores } from "../choose-stores.ts";
import { readDurationMs } from "../choose-stores.ts";
import {
  activeOption,
  includeGlobalOption,
  includeUnknownOption,
  kindOption,
  labelOption,
  limitOption,
  offsetOption,
  previewsOption,
  searchOption,
  spawnedByOption,
  statusOption,
  titlesOption,
  userOption,
} from "../options/list-options.ts";
import type { GivenOptions } from "../options/given-options.ts";

const defaultLimit = 100;

/**
 * The query that the options of `list` stand for: the newest 100 sessions if nothing else is said.
 * @throws UsageError for a value that is not allowed
 */
export function listQuery(
  options: GivenOptions,
  { now, allAgents }: Pick<ChosenStores, "now" | "allAgents">,
): ListQuery {
  const limit = options.value(limitOption);
  return {
    now,
    allAgents,
    limit: limit === undefined ? defaultLimit : (limit ?? "all"),
    offset: options.value(offsetOption) ?? 0,
    includeGlobal: options.flag(includeGlobalOption) ?? true,
    includeUnknown: options.flag(includeUnknownOption) ?? true,
    titles: options.flag(titlesOption) === true,
    previews: options.flag(previewsOption) === true,
    ...filters(options),
  };
}

type Filters = Pick<ListQuery, "activeMs" | "search" | "label" | "spawnedBy" | "kinds" | "status" | "user">;

function filters(options: GivenOptions): Filters {
  const activeMs = readDurationMs(options, activeOption, "m");
  const search = options.value(searchOption);
  const label = options.value(labelOption);
  const spawnedBy = options.value(spawnedByOption);
  const kind = options.value(kindOption);
  const status = options.value(statusOption);
  const user = options.value(userOption);
  return {
    ...(activeMs === undefined ? {} : { activeMs }),
    ...(search === undefined ? {} : { search }),
    ...(label === undefined ? {} : { label }),
    ...(spawnedBy === undefined ? {} : { spawnedBy }),
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(status === undefined || status === "ended" ? {} : { status }),
    ...(user === undefined ? {} : { user }),
  };
}
