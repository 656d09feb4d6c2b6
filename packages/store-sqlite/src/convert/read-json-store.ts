import { basename, dirname, join } from "node:path";
import {
  parseHeader,
  parseRecord,
  type ReadFs,
  readWholeFile,
  requireJsonEra,
  type RowFacts,
  scanLines,
  scanStore,
  StoreError,
  type StoreSnapshot,
  type StoreTarget,
} from "@sessionsmith/core";
import type { EngineHost } from "@sessionsmith/core/store";
import { checkpointsDir, parseCheckpointLine, settingsName } from "./checkpoint-file.ts";
import type { CheckpointContent, StoreContent, TranscriptContent } from "./store-content.ts";

/**
 * Looks at a store in files, for a conversion. Lines are read when they are asked for.
 * @param indexPath absolute path of the index
 * @throws StoreError E_REFUSED for what can't be converted as it is: a row or a line that is not understood, a transcript that lies
 * elsewhere or can't be looked at; E_NOT_FOUND, E_CORRUPT_INDEX, E_SQLITE_ERA, E_IO
 */
export function readJsonStore(host: EngineHost, indexPath: string): StoreContent {
  const { fs } = host;
  const target = targetOf(indexPath);
  requireJsonEra(host, target);
  const snapshot = scanStore(host, target, { nowMs: host.clock.now() });
  const { document, rows, realDir } = snapshot;
  const transcripts = new Map<string, TranscriptContent>();
  const paths = new Map<string, string>();
  const content = rows.map((facts) => {
    const { row } = facts;
    if (!row.understood) throw refused(indexPath, `The row ${JSON.stringify(row.key)} is not understood`);
    const path = transcriptPath(snapshot, facts);
    if (path !== undefined && row.sessionId !== undefined) {
      const known = paths.get(row.sessionId);
      if (known !== undefined && known !== path)
        throw refused(indexPath, `Session ${row.sessionId} has several transcripts`);
      paths.set(row.sessionId, path);
      transcripts.set(row.sessionId, readTranscript(fs, path, row.sessionId));
    }
    const { start, end } = row.valueRange;
    return { key: row.key, sessionId: row.sessionId, value: document.bytes.toString("utf8", start, end) };
  });
  return {
    rows: content,
    transcripts: [...transcripts.values()],
    checkpoints: readCheckpoints(fs, realDir),
    settings: readSettings(fs, join(realDir, settingsName)),
  };
}

/** The store of an index that was named. @param indexPath absolute */
export function targetOf(indexPath: string): StoreTarget {
  const sessionsDir = dirname(indexPath);
  return { indexPath, sessionsDir, agentId: "main", origin: "store-flag", shared: false };
}

function transcriptPath(
  { realDir, target }: StoreSnapshot,
  { row, transcript }: RowFacts,
): string | undefined {
  if (transcript.state === "present") return join(realDir, transcript.name);
  if (transcript.state === "missing" || transcript.state === "unnamed") return undefined;
  throw refused(
    target.indexPath,
    `The transcript of ${JSON.stringify(row.key)} can't be converted (${transcript.state})`,
  );
}

function readTranscript(fs: ReadFs, path: string, sessionId: string): TranscriptContent {
  const [header] = linesOf(fs, path, 0);
  const parsed = header === undefined ? undefined : parseHeader(Buffer.from(header));
  if (header === undefined || parsed?.state !== "header")
    throw refused(path, "It does not begin with a header that is understood");
  return { sessionId, header, lines: () => withoutFirst(recordLines(fs, path, 0)) };
}

function* withoutFirst(lines: Iterable<string>): Generator<string> {
  let isFirst = true;
  for (const line of lines) {
    if (!isFirst) yield line;
    isFirst = false;
  }
}

/** Lines that are records; any other is no line that a store can hold. */
function* recordLines(fs: ReadFs, path: string, from: number): Generator<string> {
  let number = 0;
  for (const line of linesOf(fs, path, from)) {
    number += 1;
    if (!parseRecord(Buffer.from(line, "utf8")).ok)
      throw refused(path, `Its record ${number} is not understood`);
    yield line;
  }
}

/** Lines that are not blank. The file is read as a whole when the first one is asked for. */
function* linesOf(fs: ReadFs, path: string, from: number): Generator<string> {
  const lines = fs.withFile(path, (file) =>
    [...scanLines(file, { from })].flatMap(({ bytes, blank, offset }) => {
      if (blank) return [];
      if (bytes === undefined) throw refused(path, `The line at byte ${offset} is too long`);
      return [bytes.toString("utf8")];
    }),
  );
  yield* lines ?? [];
}

function readCheckpoints(fs: ReadFs, realDir: string): readonly CheckpointContent[] {
  const dir = join(realDir, checkpointsDir);
  const names = (fs.readdir(dir) ?? []).filter((name) => name.endsWith(".jsonl"));
  return names.map((name) => {
    const path = join(dir, name);
    const [first] = fs.withFile(path, (file) => [...scanLines(file, { chunkBytes: 4096 })].slice(0, 1)) ?? [];
    const checkpoint = first?.bytes === undefined ? undefined : parseCheckpointLine(first.bytes);
    if (first === undefined || checkpoint === undefined || `${checkpoint.id}.jsonl` !== basename(path))
      throw refused(path, "It is no checkpoint that is understood");
    const lines = () => withoutHeader(recordLines(fs, path, first.endOffset));
    return { checkpoint, lines };
  });
}

function* withoutHeader(lines: Iterable<string>): Generator<string> {
  let isFirst = true;
  for (const line of lines) {
    const isHeader = isFirst && parseHeader(Buffer.from(line, "utf8")).state === "header";
    if (!isHeader) yield line;
    isFirst = false;
  }
}

function readSettings(fs: ReadFs, path: string): string | undefined {
  const file = readWholeFile(fs, path, 65_536);
  if (file.state === "absent") return undefined;
  if (file.state === "read" && parseRecord(file.bytes).ok) return file.bytes.toString("utf8");
  throw refused(path, "It holds no settings that are understood");
}

function refused(path: string, what: string): StoreError {
  return new StoreError("E_REFUSED", `${path}: ${what}. Nothing was changed.`, {
    hint: "`sessionsmith check` says what is odd about a store; mend it first.",
    details: { path },
  });
}
