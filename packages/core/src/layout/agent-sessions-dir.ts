import { basename, dirname } from "node:path";

/** The directory name that stands for the agent in `…/agents/<name>/sessions`, or undefined for any other path. */
export function agentNameOfSessionsDir(sessionsDir: string): string | undefined {
  const agentDir = dirname(sessionsDir);
  const isAgents = basename(sessionsDir) === "sessions" && basename(dirname(agentDir)) === "agents";
  return isAgents ? basename(agentDir) : undefined;
}
