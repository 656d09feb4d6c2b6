import { join } from "node:path";
import { type Finding, finding, LongList, type ReadFs } from "@sessionsmith/core";
import type { LegacyDialect } from "../legacy-dialect.ts";
import type { LegacyBody, LegacyFile, LegacySource } from "../legacy-source.ts";
import { type Detected, inOrder, joinDetected } from "./detected.ts";
import { readFirstRecord } from "./first-record.ts";
import { type LegacyIndex, type LegacyRow, readLegacyIndex, rowsBySession } from "./legacy-index.ts";
import { listEntries, type ListedFile, listFiles } from "./list-files.ts";
import { readSessionMap, type SessionMap } from "./session-map.ts";

const mapName = "session_map.json";
const indexName = "sessions.json";

/**
 * Looks into the sessions directory of a workspace (`<workspace>/.sessions`): files of L1, L6 and L7, the indexes of L2, L3 and
 * L5, and `session_map.json`. Files of no known kind are named and left alone.
 */
export function detectWorkspace(fs: ReadFs, dir: string): Detected {
  const map = readSessionMap(fs, join(dir, mapName));
  const index = readLegacyIndex(fs, join(dir, indexName));
  const rows = rowsBySession(index ?? { rows: [] });
  const claims: Claims = { map, rows, withBody: new Set() };
  const own = listOwnFiles(fs, dir, { index, claims });
  const transcripts = listTranscripts(fs, join(dir, "transcripts"), claims);
  const withoutBody = inOrder({
    files: [],
    sources: rowSources(claims, { dialect: index?.dialect ?? "L3", path: join(dir, indexName) }),
    findings: [
      ...(map?.findings ?? []),
      ...(index?.findings ?? []),
      ...danglingKeys(claims, join(dir, mapName)),
    ],
  });
  return joinDetected([own, transcripts, withoutBody]);
}

/** The files of the directory itself. There may be very many, so that no more than the lists of them is held. */
function listOwnFiles(
  fs: ReadFs,
  dir: string,
  { index, claims }: { readonly index: LegacyIndex | undefined; readonly claims: Claims },
): Detected {
  const [files, sources] = [new LongList<LegacyFile>(), new LongList<LegacySource>()];
  const findings: Finding[] = [];
  for (const { kind, ...file } of listEntries(fs, dir)) {
    if (kind === "file") {
      const source = bodySource(fs, file);
      files.push(describeFile(file, { index, dialect: source?.dialect }));
      if (source !== undefined) sources.push(withClaims(source, claims));
    } else if (/\.jsonl?$/.test(file.name)) {
      const problem = `it is a ${kind} and no regular file`;
      findings.push(finding("legacy-unreadable", { path: file.path }, { problem }));
    }
  }
  return { files, sources, findings };
}

function listTranscripts(fs: ReadFs, dir: string, claims: Claims): Detected {
  const [files, sources] = [new LongList<LegacyFile>(), new LongList<LegacySource>()];
  for (const file of listFiles(fs, dir)) {
    if (!file.name.endsWith(".jsonl")) continue;
    files.push(described(file.path, "L2", "transcript"));
    sources.push(withClaims(transcriptSource(file), claims));
  }
  return { files, sources, findings: [] };
}

/** What a map and an index say of sessions, and of which of these a file was found. */
interface Claims {
  readonly map: SessionMap | undefined;
  readonly rows: ReadonlyMap<string, readonly LegacyRow[]>;
  readonly withBody: Set<string>;
}

/** The session that a file of the directory itself holds, if it holds one. */
function bodySource(fs: ReadFs, { name, path }: ListedFile): LegacySource | undefined {
  if (name.endsWith(".json") && name !== mapName && name !== indexName)
    return fileSource({ dialect: "L1", id: name.slice(0, -5), path, form: "json" });
  if (!name.endsWith(".jsonl")) return undefined;
  const id = name.slice(0, -6);
  return fileSource({ dialect: linesDialect(fs, id, path), id, path, form: "lines" });
}

function linesDialect(fs: ReadFs, id: string, path: string): LegacyDialect {
  if (/(^|:)cron:/.test(id)) return "L7";
  return typeof readFirstRecord(fs, path)?.["type"] === "string" ? "L6" : "L5";
}

function transcriptSource({ name, path }: ListedFile): LegacySource {
  return fileSource({ dialect: "L2", id: name.slice(0, -6), path, form: "lines" });
}

interface SessionFile extends Pick<LegacySource, "dialect" | "id" | "path"> {
  readonly form: LegacyBody["form"];
}

function fileSource({ dialect, id, path, form }: SessionFile): LegacySource {
  return { dialect, id, agentId: undefined, keys: noKeys, row: undefined, body: { path, form }, path };
}

/** One list for all sessions without keys, which are thousands. */
const noKeys: readonly string[] = [];

/** All keys count that the map or an index gives a session; those of the map come first. */
function withClaims(source: LegacySource, { map, rows, withBody }: Claims): LegacySource {
  const own = rows.get(source.id);
  const mapped = map?.keysOf.get(source.id);
  if (own === undefined && mapped === undefined) return source;
  withBody.add(source.id);
  const keys = [...(mapped ?? []), ...(own ?? []).map(({ key }) => key)];
  return { ...source, keys: [...new Set(keys.filter((key) => key !== ""))], row: own?.[0]?.entry };
}

/** Rows without a file: sessions without messages. */
function rowSources(
  { rows, withBody }: Claims,
  index: Pick<LegacySource, "dialect" | "path">,
): readonly LegacySource[] {
  const sources: LegacySource[] = [];
  for (const [id, own] of rows) {
    if (withBody.has(id)) continue;
    const keys = own.map(({ key }) => key).filter((key) => key !== "");
    sources.push({ ...index, id, agentId: undefined, keys, row: own[0]?.entry, body: undefined });
  }
  return sources;
}

function danglingKeys({ map, rows, withBody }: Claims, path: string): readonly Finding[] {
  return [...(map?.keysOf ?? [])].flatMap(([id, keys]) =>
    withBody.has(id) || rows.has(id) ? [] : keys.map((key) => finding("legacy-map-dangling", { path, key })),
  );
}

function describeFile(
  { name, path }: ListedFile,
  {
    index,
    dialect,
  }: { readonly index: LegacyIndex | undefined; readonly dialect: LegacyDialect | undefined },
): LegacyFile {
  if (name === mapName) return described(path, "L1", "map");
  if (name === indexName) return described(path, index?.dialect ?? "L3", "index");
  return described(path, dialect, dialect === undefined ? "other" : "session");
}

function described(path: string, dialect: LegacyDialect | undefined, role: LegacyFile["role"]): LegacyFile {
  return { path, dialect, role, why: whyOf(dialect, role) };
}

function whyOf(dialect: LegacyDialect | undefined, role: LegacyFile["role"]): string {
  if (role === "map") return "It is named session_map.json and leads from session keys to session ids.";
  if (role === "index") return indexWhys[dialect ?? "L3"] ?? indexWhys.L3;
  if (role === "other") return "Its name is neither that of a session nor that of an index.";
  return bodyWhys[dialect ?? "L1"] ?? bodyWhys.L1;
}

const indexWhys: Partial<Record<LegacyDialect, string>> & { readonly L3: string } = {
  L2: "Its only member is `sessions`, an object of rows with a session_id.",
  L3: "It is an index whose rows have camelCase fields, in a workspace.",
  L5: "It is an index whose rows have snake_case fields.",
};

const bodyWhys: Partial<Record<LegacyDialect, string>> & { readonly L1: string } = {
  L1: "It is a JSON file in the .sessions directory of a workspace: one session.",
  L2: "It is a transcript in the directory `transcripts` beside the index.",
  L5: "Its lines are messages without a header.",
  L6: "Its first line is a record with a type.",
  L7: "Its name is that of a scheduled job.",
};
