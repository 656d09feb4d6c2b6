import { classifyFileName } from "@sessionsmith/core";
import type { StoreFile, StoreSnapshot } from "@sessionsmith/core";
import type { CleanupView } from "./cleanup-view.ts";
import type { BudgetExcess } from "./evict-rows.ts";
import { fileAgeMs } from "./file-age.ts";
import { transcriptOfSidecar } from "./sidecar.ts";
import { budgetedBytes, visibleBytes } from "./visible-bytes.ts";
import type { Decisions } from "./visible-bytes.ts";

/** After this, OpenClaw removes a temporary file of the index. */
const tempAgeMs = 5 * 60_000;

/**
 * How many bytes OpenClaw 2026.5.28 would take from rows for the disk budget: it removes every archive and every artifact that no
 * row references first, whatever its age, and takes the topics of a session for such if no row resolves to them. Here the younger ones and the topics stay,
 * and yet no further row is to leave for them.
 */
export function openclawExcess(
  { snapshot, now }: Pick<CleanupView, "snapshot" | "now">,
  { rows, files }: Decisions,
  { maxBytes, goalBytes }: { readonly maxBytes: number; readonly goalBytes: number },
): BudgetExcess {
  const purged = files.filter(({ pass }) => pass === "archive");
  const totalBytes = budgetedBytes(visibleBytes(snapshot, { rows, files: purged }), "openclaw-2026.5");
  if (totalBytes <= maxBytes) return { bytes: 0, counted: new Set() };
  const gone = new Set(purged.filter(({ action }) => action !== "keep").map(({ name }) => name));
  const leaving = new Set(rows.filter(({ action }) => action !== "keep").map(({ key }) => key));
  const isUnreadTopic = openUnreadTopics(snapshot, leaving);
  const isRemoved = (file: StoreFile): boolean => {
    const keys = snapshot.references.rowsByFile.get(file.name) ?? [];
    const isFree = file.fact.kind === "file" && !gone.has(file.name);
    const isNobodys = keys.every((key) => leaving.has(key)) || isUnreadTopic(file);
    return isFree && isRemovable(file, now) && isNobodys;
  };
  const removed = [...snapshot.files.values()].filter(isRemoved);
  return {
    bytes: removed.reduce((rest, { fact }) => rest - fact.size, totalBytes - goalBytes),
    counted: new Set(removed.map(({ name }) => name)),
  };
}

/** Tells whether a file is a topic that no row which stays resolves to, or a sidecar of one. */
function openUnreadTopics(
  { rows }: StoreSnapshot,
  leaving: ReadonlySet<string>,
): (file: StoreFile) => boolean {
  const read = new Set(
    rows.flatMap(({ row, transcript }) =>
      transcript.state === "present" && !leaving.has(row.key) ? [transcript.name] : [],
    ),
  );
  return ({ name, nameClass }) => {
    const transcript = transcriptOfSidecar(nameClass) ?? name;
    const ofTranscript = classifyFileName(transcript);
    return ofTranscript.kind === "transcript" && ofTranscript.topic !== undefined && !read.has(transcript);
  };
}

function isRemovable(file: StoreFile, now: number): boolean {
  const { nameClass } = file;
  switch (nameClass.kind) {
    case "archive":
      return nameClass.retiredAtMs !== undefined;
    case "index-temp":
      return fileAgeMs(file, now) > tempAgeMs;
    case "transcript":
    case "checkpoint":
    case "trajectory":
    case "trajectory-pointer":
    case "index-backup":
    case "prompt-blob":
      return true;
    case "codex-binding":
    case "repair-backup":
    case "transcript-lock":
    case "foreign":
      return false;
  }
}
