import { stateIndexPaths } from "@sessionsmith/core";
import type { State } from "./choose-stores.ts";

/** Absolute paths of all indexes of the state directory, as `stateIndexPaths` of core gives them. */
export function otherIndexPaths({ host, settings, stateDir }: State): readonly string[] {
  return stateIndexPaths(host, { settings, stateDir });
}
