import type { Host } from "../disk/host.ts";
import { resolveStoreTargets } from "./resolve-store-targets.ts";
import type { SessionSettings } from "./session-settings.ts";

/** A state directory and its settings. */
export interface StateScope {
  readonly settings: SessionSettings;
  /** Absolute path. */
  readonly stateDir: string;
}

/**
 * Absolute paths of all indexes of the state directory, those that can't be opened safely too: their rows may need files of
 * any store, so that none may leave as long as one of them can't be read.
 */
export function stateIndexPaths(host: Host, { settings, stateDir }: StateScope): readonly string[] {
  const found = resolveStoreTargets(host, settings, { stateDir, allAgents: true, discovered: true });
  const leftOut = found.findings.flatMap(({ id, place }) =>
    (id === "store-skipped" || id === "index-link-refused") && place.path !== undefined ? [place.path] : [],
  );
  return [...found.targets.map(({ indexPath }) => indexPath), ...leftOut];
}
