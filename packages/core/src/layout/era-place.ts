import { basename, dirname, extname, join } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { agentNameOfSessionsDir } from "./agent-sessions-dir.ts";
import { defaultIndexName } from "./classify-file-name.ts";

/** The parts of a store target that tell where OpenClaw's database of its agent would be. */
export interface EraPlace {
  readonly indexPath: string;
  readonly sessionsDir: string;
  readonly linkedFrom?: string;
}

/** Paths that tell the era of a store. */
export interface EraPaths {
  /** Databases that would hold the sessions. */
  readonly databases: readonly string[];
  /** Directories into which OpenClaw moves JSON stores that it has imported. */
  readonly importArchives: readonly string[];
}

const agentDatabase = "openclaw-agent.sqlite";
const importArchive = "session-sqlite-import-archive";

/**
 * Where OpenClaw 2026.9.6 keeps the database and the import archive that belong to an index:
 * `agents/<id>/agent/openclaw-agent.sqlite` for `agents/<id>/sessions/sessions.json`, files beside the index anywhere else.
 * A store that is reached through a link is looked for at both ends. Throws Node's error for what can't be looked at.
 */
export function eraPathsOf(fs: ReadFs, place: EraPlace): EraPaths {
  const named = new Set([place.indexPath]);
  if (place.linkedFrom !== undefined) named.add(place.linkedFrom);
  const realDir = fs.realpath(place.sessionsDir);
  if (realDir !== undefined) named.add(join(realDir, basename(place.indexPath)));
  const each = [...named].map((indexPath) => pathsBeside(fs, indexPath));
  return {
    databases: each.flatMap((paths) => paths.databases),
    importArchives: each.flatMap((paths) => paths.importArchives),
  };
}

function pathsBeside(fs: ReadFs, indexPath: string): EraPaths {
  const directory = dirname(indexPath);
  const above = dirname(directory);
  const importArchives = [join(above, importArchive)];
  if (agentNameOfSessionsDir(directory) !== undefined) {
    return { databases: [join(above, "agent", agentDatabase)], importArchives };
  }
  const names = databaseNames(fs, directory, basename(indexPath));
  return {
    databases: names.map((name) => join(directory, name)),
    importArchives: [...importArchives, join(directory, importArchive)],
  };
}

/** `sessions.json` -> `openclaw-agent.sqlite`; `foo.json` -> `foo.sqlite` and `foo.<agent>[.<n>].sqlite` */
function databaseNames(fs: ReadFs, directory: string, indexName: string): readonly string[] {
  if (indexName === defaultIndexName) return [agentDatabase];
  const stem = basename(indexName, extname(indexName));
  const names = fs.readdir(directory) ?? [];
  return names.filter((name) => name.startsWith(`${stem}.`) && name.endsWith(".sqlite"));
}
