import { basename, join } from "node:path";
import { parseHeader, readEntryText, type ReadFs, readHead } from "@sessionsmith/core";
import type { LegacyFile, LegacySource } from "../legacy-source.ts";
import { type Detected, inOrder, joinDetected, nothingDetected } from "./detected.ts";
import { type LegacyRow, readLegacyIndex, rowsBySession } from "./legacy-index.ts";
import { listDirs, listFiles } from "./list-files.ts";

/** Looks into `<state>/sessions`: OpenClaw's store from before there were agents, and the `store.json` files of L4. */
export function detectFlatState(fs: ReadFs, stateDir: string): Detected {
  const dir = join(stateDir, "sessions");
  const texts = join(stateDir, "transcripts");
  return joinDetected([
    detectFlatStore(fs, dir),
    detectTextStore(fs, { dir, texts, agentId: "main" }),
    ...listDirs(fs, dir).map((agentId) => detectTextStore(fs, { dir: join(dir, agentId), texts, agentId })),
  ]);
}

function detectFlatStore(fs: ReadFs, dir: string): Detected {
  const path = join(dir, "sessions.json");
  const index = readLegacyIndex(fs, path);
  const transcripts = [...listFiles(fs, dir)].filter(({ name }) => name.endsWith(".jsonl"));
  if (index === undefined && transcripts.length === 0) return nothingDetected;
  const byName = new Map(transcripts.map((file) => [file.name, file.path]));
  const rows = rowsBySession(index ?? { rows: [] });
  const withRow = [...rows].map(([id, own]) => flatSource(fs, id, { own, byName, path }));
  const known = new Set(withRow.map((source) => source.path));
  const orphans = transcripts.filter((file) => !known.has(file.path));
  const files: readonly LegacyFile[] = [
    ...(index === undefined
      ? []
      : [{ path, dialect: "openclaw-flat", role: "index", why: flatWhy } as const]),
    ...transcripts.map(
      (file) => ({ path: file.path, dialect: "openclaw-flat", role: "transcript", why: flatWhy }) as const,
    ),
  ];
  return inOrder({
    files,
    sources: [
      ...withRow,
      ...orphans.map(({ name }) => flatSource(fs, name.slice(0, -6), { own: [], byName, path })),
    ],
    findings: index?.findings ?? [],
  });
}

const flatWhy =
  "It lies in `sessions` of the state directory, where OpenClaw kept them before there were agents.";

interface FlatPlace {
  readonly own: readonly LegacyRow[];
  /** Paths of the transcripts by their names. */
  readonly byName: ReadonlyMap<string, string>;
  /** The index. */
  readonly path: string;
}

function flatSource(fs: ReadFs, id: string, { own, byName, path }: FlatPlace): LegacySource {
  const row = own[0]?.entry;
  const named = row && readEntryText(row, "sessionFile");
  const body = byName.get(named === undefined ? "" : basename(named)) ?? byName.get(`${id}.jsonl`);
  const form = body !== undefined && hasHeader(fs, body) ? "openclaw" : "lines";
  return {
    dialect: "openclaw-flat",
    id,
    agentId: undefined,
    keys: own.map(({ key }) => key),
    row,
    body: body === undefined ? undefined : { path: body, form },
    path: body ?? path,
  };
}

function hasHeader(fs: ReadFs, path: string): boolean {
  const head = fs.withFile(path, (file) => readHead(file, 65_536)) ?? Buffer.alloc(0);
  const end = head.indexOf(0x0a);
  return parseHeader(end === -1 ? head : head.subarray(0, end)).state === "header";
}

/** `store.json`, and one text for each key under `transcripts`. */
function detectTextStore(
  fs: ReadFs,
  { dir, texts, agentId }: { readonly dir: string; readonly texts: string; readonly agentId: string },
): Detected {
  const path = join(dir, "store.json");
  const index = readLegacyIndex(fs, path);
  if (index === undefined) return nothingDetected;
  const sources = index.rows.map(({ key, sessionId, entry }): LegacySource => {
    const text = join(texts, `${key.replaceAll(/[:/]/g, "_")}.txt`);
    const body = fs.lstat(text)?.kind === "file" ? ({ path: text, form: "text" } as const) : undefined;
    const id = sessionId ?? key;
    return { dialect: "L4", id, agentId, keys: [key], row: entry, body, path: body?.path ?? path };
  });
  const files: readonly LegacyFile[] = [
    {
      path,
      dialect: "L4",
      role: "index",
      why: "It is named store.json and lies in `sessions` of a state directory.",
    },
    ...sources.flatMap(({ body }) =>
      body === undefined
        ? []
        : [
            {
              path: body.path,
              dialect: "L4",
              role: "transcript",
              why: "Its name is a session key of store.json.",
            } as const,
          ],
    ),
  ];
  return inOrder({ files, sources, findings: index.findings });
}
