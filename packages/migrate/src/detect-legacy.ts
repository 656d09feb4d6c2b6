import { basename, dirname, join } from "node:path";
import { type ReadFs, StoreError } from "@sessionsmith/core";
import { detectAgentDir, detectAgentDirs } from "./detect/detect-agent-dirs.ts";
import { detectBytesagain, detectBytesagainFile } from "./detect/detect-bytesagain.ts";
import { detectClodds } from "./detect/detect-clodds.ts";
import { detectFlatState } from "./detect/detect-flat-state.ts";
import { detectWorkspace } from "./detect/detect-workspace.ts";
import { type Detected, joinDetected, nothingDetected } from "./detect/detected.ts";
import type { LegacyDetection } from "./legacy-source.ts";

/**
 * Finds the legacy sessions under a path: a workspace, its `.sessions` directory, a state directory, the sessions directory of an
 * agent, or the directory of bytesagain's script. Given a file, only what that file holds. Reads only.
 * @param path absolute
 * @throws StoreError E_NOT_FOUND if there is no such path
 */
export function detectLegacy(fs: ReadFs, path: string): LegacyDetection {
  const fact = fs.stat(path);
  if (fact === undefined)
    throw new StoreError("E_NOT_FOUND", `There is no ${path}.`, { details: { path, errno: "ENOENT" } });
  const dir = fact.kind === "directory" ? path : dirname(path);
  const found = detectDirectory(fs, dir);
  const own = fact.kind === "directory" ? found : onlyFile(found, path);
  const isKnown = fact.kind === "directory" || own.sources.length > 0 || own.findings.length > 0;
  const { files, sources, findings } = isKnown ? own : detectBytesagainFile(fs, path);
  return {
    path,
    root: basename(dir) === ".sessions" ? dirname(dir) : dir,
    files,
    sources,
    findings,
  };
}

function detectDirectory(fs: ReadFs, dir: string): Detected {
  const agent = agentOf(dir);
  if (agent !== undefined) return detectAgentDir(fs, dir, agent);
  const isSessions = basename(dir) === ".sessions";
  return joinDetected([
    detectWorkspace(fs, isSessions ? dir : join(dir, ".sessions")),
    detectBytesagain(fs, dir),
    isSessions ? nothingDetected : detectBytesagain(fs, join(dir, ".session")),
    isSessions ? nothingDetected : detectFlatState(fs, basename(dir) === "sessions" ? dirname(dir) : dir),
    detectAgentDirs(fs, dir),
    detectClodds(fs, dir),
  ]);
}

/** The agent whose sessions directory this is by its place. */
function agentOf(dir: string): string | undefined {
  const agentDir = dirname(dir);
  return basename(dir) === "sessions" && basename(dirname(agentDir)) === "agents"
    ? basename(agentDir)
    : undefined;
}

function onlyFile({ files, sources, findings }: Detected, path: string): Detected {
  return {
    files: files.filter((file) => file.path === path),
    sources: sources.filter((source) => source.path === path),
    findings: findings.filter(({ place }) => place.path === path),
  };
}
