import { join } from "node:path";
import type { Host } from "../disk/host.ts";
import { lookOrFail } from "./disk-error.ts";
import { absolutePath, flagPath, homeDirOf, readEnv } from "./home-path.ts";
import { type StateDir, stateDirNames } from "./state-dir.ts";

/** Names of the settings file in a state directory, today's first. */
const configNames = ["openclaw.json", "clawdbot.json"] as const;

/**
 * Finds OpenClaw's settings file: `flag`, else `OPENCLAW_CONFIG_PATH`, else `openclaw.json` or the older `clawdbot.json` of the
 * state directory. Only a state directory that nobody named is followed by the other default one.
 *
 * Returns an absolute path, or undefined if there is no settings file. A path that is named is returned whether it exists or not,
 * so that reading it fails. Throws a StoreError: E_CONFIG if a place can't be looked at, E_USAGE for a blank flag.
 */
export function resolveConfigPath(host: Host, stateDir: StateDir, flag?: string): string | undefined {
  if (flag !== undefined) return flagPath(host, "--config", flag);
  const named = readEnv(host, "OPENCLAW_CONFIG_PATH");
  if (named !== undefined) return absolutePath(host, named);
  const home = homeDirOf(host);
  const directories = stateDir.named ? [] : stateDirNames.map((name) => join(home, name));
  return [stateDir.path, ...directories]
    .flatMap((directory) => configNames.map((name) => join(directory, name)))
    .find((path) => exists(host, path));
}

/** A link counts as it is: one to nothing must not pass for "no settings". */
function exists(host: Host, path: string): boolean {
  return lookOrFail("E_CONFIG", path, () => host.fs.lstat(path)) !== undefined;
}
