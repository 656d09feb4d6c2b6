import { basename, dirname, join } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { agentNameOfSessionsDir } from "../layout/agent-sessions-dir.ts";
import { lookOrFail } from "../layout/disk-error.ts";
import type { StoreTarget } from "../layout/store-target.ts";

/** Paths where the other agents of a state directory have their indexes: `<state>/agents/<agent>/sessions/sessions.json`. */
export function otherAgentIndexes(fs: ReadFs, { indexPath, sessionsDir }: StoreTarget): readonly string[] {
  if (agentNameOfSessionsDir(sessionsDir) === undefined) return [];
  const agents = dirname(dirname(sessionsDir));
  const names = lookOrFail("E_IO", agents, () =>
    (fs.readdir(agents) ?? []).filter((name) => fs.stat(join(agents, name))?.kind === "directory"),
  );
  return names.map((agent) => join(agents, agent, "sessions", basename(indexPath)));
}
