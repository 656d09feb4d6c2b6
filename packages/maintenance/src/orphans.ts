import type { FileClass, FileDecision, StoreFile } from "@sessionsmith/core";
import type { FileView } from "./file-pass.ts";
import { openOrphanClasses } from "./orphan-class.ts";
import { transcriptOfSidecar } from "./sidecar.ts";
import { openHolds } from "./why-file-held.ts";

/** A file of an agent's that no row which stays references, and that nothing holds back but its age. */
export interface Orphan {
  readonly file: StoreFile;
  /** Stable word that says what it is: `orphan:cron-run`, `stale-index-temp`. */
  readonly reason: string;
  /** It leaves as an artifact once it is older than this. */
  readonly dueAgeMs: number;
  /** It leaves for no reason before it is older than this. */
  readonly leastAgeMs: number;
  /** The transcript that must have left before it, if it is a sidecar of one that is there. */
  readonly follows: string | undefined;
}

/** One that stays whatever its age. */
export interface HeldFile {
  readonly file: StoreFile;
  readonly whyHeld: string;
}

/** A writer is done with a temporary file of the index after this: five minutes, as OpenClaw 2026.5.28 has it. */
const tempAgeMs = 5 * 60_000;

const artifactKinds: ReadonlySet<FileClass["kind"]> = new Set([
  "transcript",
  "checkpoint",
  "trajectory",
  "trajectory-pointer",
  "codex-binding",
  "prompt-blob",
  "index-temp",
]);

/**
 * Finds the artifacts that no row which stays references and on which no earlier pass decided: transcripts with a session
 * header, checkpoints, sidecars, prompts of skills, temporary files of the index. Sidecars come last.
 */
export function findOrphans(view: FileView): readonly (Orphan | HeldFile)[] {
  const whyHeld = openHolds(view);
  const classOf = openOrphanClasses(view);
  const found: (Orphan | HeldFile)[] = [];
  for (const file of view.snapshot.files.values()) {
    if (!artifactKinds.has(file.nameClass.kind) || view.decided.has(file.name)) continue;
    const held = whyHeld(file);
    if (held === "referenced") continue;
    const why = held ?? whyNoSession(file, view);
    found.push(why === undefined ? describe(file, view, classOf) : { file, whyHeld: why });
  }
  const isSidecar = ({ file }: Orphan | HeldFile) => transcriptOfSidecar(file.nameClass) !== undefined;
  return [...found.filter((one) => !isSidecar(one)), ...found.filter(isSidecar)];
}

/** Decides on what was found, in order; a sidecar stays as long as its transcript does. */
export function decideOrphans(
  found: readonly (Orphan | HeldFile)[],
  { decided }: Pick<FileView, "decided">,
  whyStays: (orphan: Orphan) => string | undefined,
): readonly FileDecision[] {
  const taken = new Set<string>();
  const pass = "artifact";
  const isThere = (name: string) => !taken.has(name) && (decided.get(name)?.action ?? "keep") === "keep";
  return found.map((one): FileDecision => {
    const { name, fact } = one.file;
    if ("whyHeld" in one) return { name, action: "keep", reasons: [one.whyHeld], size: fact.size, pass };
    const { reason, follows } = one;
    const waits = follows !== undefined && isThere(follows);
    const stays = waits ? "transcript-stays" : whyStays(one);
    if (stays !== undefined) return { name, action: "keep", reasons: [reason, stays], size: fact.size, pass };
    taken.add(name);
    return { name, action: "trash", reasons: [reason], size: fact.size, pass };
  });
}

function describe(
  file: StoreFile,
  { snapshot, policy }: FileView,
  classOf: (name: string) => string,
): Orphan {
  const { name, nameClass } = file;
  if (nameClass.kind === "index-temp") {
    const reason = "stale-index-temp";
    return { file, reason, dueAgeMs: tempAgeMs, leastAgeMs: tempAgeMs, follows: undefined };
  }
  const { pruneAfterMs, minAgeMs } = policy;
  const transcript = transcriptOfSidecar(nameClass);
  return {
    file,
    reason: `orphan:${nameClass.kind === "transcript" ? classOf(name) : nameClass.kind}`,
    dueAgeMs: Math.max(pruneAfterMs, minAgeMs),
    leastAgeMs: minAgeMs,
    follows: transcript !== undefined && snapshot.files.has(transcript) ? transcript : undefined,
  };
}

/** A file that is only called like a transcript is some other program's: it has no session header. */
function whyNoSession({ name, nameClass }: StoreFile, { facts }: FileView): string | undefined {
  if (nameClass.kind !== "transcript") return undefined;
  const state = facts.orphans.get(name)?.origin.state;
  if (state === "session") return undefined;
  if (state === undefined) return "header-not-read";
  return state === "no-header" ? "not-a-session" : "header-not-understood";
}
