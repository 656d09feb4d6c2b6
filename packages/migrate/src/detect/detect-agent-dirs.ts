import { join } from "node:path";
import type { ReadFs } from "@sessionsmith/core";
import { readFirstRecord } from "./first-record.ts";
import { readLegacyIndex } from "./legacy-index.ts";
import { type Detected, inOrder, joinDetected, nothingDetected } from "./detected.ts";
import { listDirs, listFiles } from "./list-files.ts";
import { readSessionMap } from "./session-map.ts";

const ownNames: ReadonlySet<string> = new Set(["sessions.json", "session_map.json", "store.json"]);

/** Looks for the JSON files of L3 in `agents/<agent>/sessions` of a state directory. */
export function detectAgentDirs(fs: ReadFs, stateDir: string): Detected {
  const agents = join(stateDir, "agents");
  return joinDetected(
    listDirs(fs, agents).map((agentId) => detectAgentDir(fs, join(agents, agentId, "sessions"), agentId)),
  );
}

/** Looks for the JSON files of L3 in the sessions directory of an agent. Its index and its transcripts are OpenClaw's own. */
export function detectAgentDir(fs: ReadFs, dir: string, agentId: string): Detected {
  const bodies = [...listFiles(fs, dir)].filter(({ name, path }) => {
    if (!name.endsWith(".json") || ownNames.has(name) || name.includes(".trajectory")) return false;
    return holdsMessages(fs, path);
  });
  if (bodies.length === 0) return nothingDetected;
  const rows = readLegacyIndex(fs, join(dir, "sessions.json"))?.rows ?? [];
  const map = readSessionMap(fs, join(dir, "session_map.json"));
  const sources = bodies.map(({ name, path }) => {
    const id = name.slice(0, -5);
    const row = rows.find(({ sessionId }) => sessionId === id);
    const keys = [...(map?.keysOf.get(id) ?? []), ...(row === undefined ? [] : [row.key])];
    const body = { path, form: "json" } as const;
    return { dialect: "L3", id, agentId, keys: [...new Set(keys)], row: row?.entry, body, path } as const;
  });
  const why = "It is a JSON object with a list of messages, in the sessions directory of an agent.";
  const files = bodies.map(({ path }) => ({ path, dialect: "L3", role: "session", why }) as const);
  return inOrder({ files, sources, findings: map?.findings ?? [] });
}

/** A body is written with an indent, so the first record is not on a line of its own: the names are looked for. */
function holdsMessages(fs: ReadFs, path: string): boolean {
  const first = readFirstRecord(fs, path);
  if (first !== undefined) return "messages" in first;
  const head = fs.withFile(path, (file) => {
    const bytes = Buffer.alloc(Math.min(4096, file.fact.size));
    return bytes.subarray(0, file.read(bytes, 0)).toString("latin1");
  });
  return head !== undefined && head.includes('"session_id"') && head.includes('"messages"');
}
