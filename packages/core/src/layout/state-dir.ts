import { join } from "node:path";
import type { Host } from "../disk/host.ts";
import { lookOrFail } from "./disk-error.ts";
import { absolutePath, flagPath, homeDirOf, readEnv } from "./home-path.ts";

/** OpenClaw's state directory. */
export interface StateDir {
  /** Absolute. It need not exist. */
  readonly path: string;
  /** True if `--state-dir` or `OPENCLAW_STATE_DIR` names it; false if it is the default place. */
  readonly named: boolean;
}

/** Names of the state directory in the home directory, today's first. */
export const stateDirNames = [".openclaw", ".clawdbot"] as const;

/**
 * Finds the state directory as OpenClaw 2026.5.28 does: `flag`, else `OPENCLAW_STATE_DIR`, else `~/.openclaw` if it exists,
 * else `~/.clawdbot` if that exists, else `~/.openclaw`. Throws a StoreError: E_IO if the home directory can't be looked at,
 * E_USAGE for a blank flag.
 */
export function resolveStateDir(host: Host, flag?: string): StateDir {
  if (flag !== undefined) return { path: flagPath(host, "--state-dir", flag), named: true };
  const named = readEnv(host, "OPENCLAW_STATE_DIR");
  if (named !== undefined) return { path: absolutePath(host, named), named: true };
  const home = homeDirOf(host);
  const name = stateDirNames.find((candidate) => exists(host, join(home, candidate)));
  return { path: join(home, name ?? stateDirNames[0]), named: false };
}

function exists(host: Host, path: string): boolean {
  return lookOrFail("E_IO", path, () => host.fs.stat(path)) !== undefined;
}
