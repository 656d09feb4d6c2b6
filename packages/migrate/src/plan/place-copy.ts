import { basename, join } from "node:path";
import type { ReadFs } from "@sessionsmith/core";
import { leftFindings, type Placing, seenAs, type SessionPlace } from "./session-place.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** Places a transcript of OpenClaw, which is copied. It keeps its name and its id: both stand in it. */
export function placeCopy({ source, file }: SurveyedSession, placing: Placing): SessionPlace {
  const { fs, target } = placing;
  const transcript = basename(source.path);
  const seen = seenAs(transcript, placing);
  const place = { sessionId: source.id, transcript, seen, findings: [] };
  const { id, path } = source;
  if (placing.isCopied) return { ...place, state: "there" };
  if (!target.names.has(transcript)) {
    const wasReset = (placing.archives.get(transcript)?.reset ?? []).length > 0;
    const state = wasReset ? "moved-on" : "write";
    return { ...place, state, findings: leftFindings(state, { path }, { id }) };
  }
  const isThere = startsWith(fs, join(target.store.realDir, transcript), {
    path: source.path,
    size: file?.size ?? 0,
  });
  if (isThere) return { ...place, state: "there" };
  return { ...place, state: "changed", findings: leftFindings("changed", { path }, { id }) };
}

/** Tells whether a file begins with all of another one. */
function startsWith(
  fs: ReadFs,
  path: string,
  other: { readonly path: string; readonly size: number },
): boolean {
  const size = 2 ** 16;
  const isSame = fs.withFile(path, (file) =>
    fs.withFile(other.path, (beginning) => {
      if (file.fact.size < other.size) return false;
      const [left, right] = [Buffer.alloc(size), Buffer.alloc(size)];
      for (let at = 0; at < other.size; at += size) {
        const wanted = Math.min(size, other.size - at);
        const read = [file.read(left.subarray(0, wanted), at), beginning.read(right.subarray(0, wanted), at)];
        if (read.some((bytes) => bytes !== wanted) || left.compare(right, 0, wanted, 0, wanted) !== 0)
          return false;
      }
      return true;
    }),
  );
  return isSame === true;
}
