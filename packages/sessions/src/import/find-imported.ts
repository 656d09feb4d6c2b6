import { createHash } from "node:crypto";
import { join } from "node:path";
import type { ReadFs, RowFacts, StoreSnapshot } from "@sessionsmith/core";
import type { ImportedSession } from "./imported-session.ts";
import { importedLines } from "./imported-lines.ts";

/** Where a session is looked for. */
export interface ImportedSearch {
  readonly fs: ReadFs;
  readonly snapshot: StoreSnapshot;
  /** The rows of the store, by key. */
  readonly rows: ReadonlyMap<string, RowFacts>;
}

/**
 * Finds a session that the store has: a row of the first of the keys that has this id and this transcript. A conversation that went on
 * since is the same one.
 */
export function findImported(
  session: ImportedSession,
  { sessionId, keys }: { readonly sessionId: string; readonly keys: readonly string[] },
  { fs, snapshot, rows }: ImportedSearch,
): RowFacts | undefined {
  const named = keys.flatMap((key) => rows.get(key) ?? []).filter(({ row }) => row.sessionId === sessionId);
  if (named.length === 0) return undefined;
  const wanted = contentOf(session, sessionId);
  return named.find(({ transcript }) => {
    if (wanted === undefined || transcript.state !== "present")
      return wanted === undefined && transcript.state !== "present";
    return startsWith(fs, join(snapshot.realDir, transcript.name), wanted);
  });
}

interface Content {
  /** Bytes, a line feed at the end included. */
  readonly size: number;
  readonly sha256: string;
  readonly unterminated: boolean;
}

function contentOf(session: ImportedSession, sessionId: string): Content | undefined {
  const { transcript } = session;
  if (transcript === undefined || session.sessionId === sessionId) return transcript;
  const hash = createHash("sha256");
  let size = 0;
  for (const line of importedLines(session, sessionId)) {
    hash.update(line).update("\n");
    size += line.length + 1;
  }
  return { size, sha256: hash.digest("hex"), unterminated: transcript.unterminated };
}

function startsWith(fs: ReadFs, path: string, { size, sha256, unterminated }: Content): boolean {
  const wanted = unterminated ? size - 1 : size;
  return (
    fs.withFile(path, (file) => {
      if (file.fact.size < wanted) return false;
      const hash = createHash("sha256");
      const buffer = Buffer.alloc(2 ** 20);
      for (let at = 0; at < wanted;) {
        const part = buffer.subarray(0, Math.min(buffer.length, wanted - at));
        const read = file.read(part, at);
        if (read === 0) return false;
        hash.update(part.subarray(0, read));
        at += read;
      }
      if (unterminated) hash.update("\n");
      return hash.digest("hex") === sha256;
    }) === true
  );
}
