import type { StoreFile } from "./store-file.ts";

const transcriptEnd = ".jsonl";
const topicMark = "-topic-";
const nothing: readonly string[] = [];

/** A file of which nothing but the name counts: it need not be there. */
export type NamedFile = Pick<StoreFile, "name" | "nameClass">;

/** Finds the transcripts, checkpoints and sidecars that belong together by their names. */
export interface RelatedFiles {
  /** What may belong to a session id beside `<id>.jsonl`; undefined if there is nothing. */
  besides(sessionId: string): readonly string[] | undefined;
  /** Files whose names may be made from a session id: `<id>`, `<id>-topic-…`, `…_<id>`, each with its sidecars, in name order. */
  ofSession(sessionId: string): readonly string[];
  /** A transcript, if it is there, and the files whose names may be made from its name. */
  ofTranscript(name: string): readonly string[];
}

/**
 * Prepares the lookups, in one pass. A superset by intent: a file is found by every session id that its name may be made from.
 * Archives, backups, index files and foreign files are found by no id.
 */
export function relateFiles(files: ReadonlyMap<string, NamedFile>): RelatedFiles {
  const companions = groupCompanions(files.values());
  const besides = (sessionId: string) => (companions.size === 0 ? undefined : companions.get(sessionId));
  const ofSession = (sessionId: string) => {
    const own = files.get(sessionId + transcriptEnd);
    const others = besides(sessionId);
    if (own?.nameClass.kind !== "transcript") return others ?? nothing;
    return others === undefined ? [own.name] : [...others, own.name].toSorted();
  };
  return {
    besides,
    ofSession,
    ofTranscript: (name) => {
      const stem = transcriptStem(name);
      const related = stem === undefined ? nothing : ofSession(stem);
      return !related.includes(name) && files.has(name) ? [name, ...related] : related;
    },
  };
}

/** All but `<id>.jsonl`, by every session id that the name may be made from: in most stores next to nothing. */
function groupCompanions(files: Iterable<NamedFile>): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const stem = stemOf(file);
    if (stem === undefined) continue;
    const isTranscript = file.nameClass.kind === "transcript";
    const hasOneId = !stem.includes("_") && !stem.includes(topicMark);
    if (isTranscript && hasOneId) continue;
    for (const id of hasOneId ? [stem] : possibleIds(stem)) {
      // Found by its name.
      if (isTranscript && id === stem) continue;
      const group = groups.get(id);
      if (group === undefined) groups.set(id, [file.name]);
      else group.push(file.name);
    }
  }
  return groups;
}

/** The stem of the transcript that a file is, or that it stands beside. */
function stemOf({ name, nameClass }: NamedFile): string | undefined {
  if (nameClass.kind === "transcript") return transcriptStem(name);
  if (nameClass.kind === "repair-backup") return undefined;
  if (nameClass.kind === "checkpoint") return name.slice(0, name.lastIndexOf(".checkpoint."));
  if ("base" in nameClass) return nameClass.base;
  return "transcript" in nameClass ? transcriptStem(nameClass.transcript) : undefined;
}

function transcriptStem(name: string): string | undefined {
  return name.endsWith(transcriptEnd) ? name.slice(0, -transcriptEnd.length) : undefined;
}

/** A name has at most 255 bytes, so these are few. */
function possibleIds(stem: string): Iterable<string> {
  const ids = new Set<string>();
  for (let start = 0; ;) {
    const rest = stem.slice(start);
    ids.add(rest);
    for (let at = rest.indexOf(topicMark, 1); at !== -1; at = rest.indexOf(topicMark, at + 1)) {
      ids.add(rest.slice(0, at));
    }
    const next = stem.indexOf("_", start);
    if (next === -1) return ids;
    start = next + 1;
  }
}
