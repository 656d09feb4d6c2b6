import { join } from "node:path";
import {
  fileIdentity,
  type FileFact,
  type JsonObject,
  type JsonValue,
  isJsonObject,
  openStorePlace,
  promptBlobPath,
  type ReadFs,
  resolveSessionFile,
  type RowChange,
  sha256OfFile,
  type SourceFile,
  type Step,
} from "@sessionsmith/core";
import { missingDirs } from "../missing-dirs.ts";
import type { RepairStore } from "../repair-store.ts";
import type { KeyClaim } from "./key-claim.ts";

/** How the files of a session get into another store. */
export interface SessionMove {
  readonly claim: KeyClaim;
  /** Names of its files, all of which are to be there afterwards. */
  readonly names: readonly string[];
  /** Copies that the other store gets before anything is switched. */
  readonly steps: readonly Step[];
  /** What changes in the row, because paths in it lead to the store that it leaves. */
  readonly change: RowChange;
}

/** Why a session can't be moved. */
export interface MoveConflict {
  readonly conflict: "file-name-taken" | "file-not-plain" | "transcript-unknown";
}

/**
 * Plans to bring the files of a session into another store: its transcripts, sidecars and checkpoints, and the prompt of its skills. A
 * file that is there already with the same content is not copied again.
 * @param made names and directories that this repair makes in the other store already
 */
export function moveSession(
  fs: ReadFs,
  claim: KeyClaim,
  stores: { readonly from: RepairStore; readonly to: RepairStore; readonly made: Set<string> },
): SessionMove | MoveConflict {
  const { from, to, made } = stores;
  if (claim.facts.transcript.state === "unknown") return { conflict: "transcript-unknown" };
  const names = from.snapshot.references.filesByRow.get(claim.facts.row.key) ?? [];
  const steps: Step[] = [];
  for (const name of [...names, ...promptOf(fs, claim.entry, from)]) {
    const source = join(from.snapshot.realDir, name);
    const fact = fs.lstat(source);
    if (fact?.kind !== "file" || from.snapshot.files.get(name)?.fact.kind === "symlink")
      return { conflict: "file-not-plain" };
    const content = contentOf(fs, source, fact);
    if (content === undefined) return { conflict: "file-not-plain" };
    const present = fs.lstat(join(to.snapshot.realDir, name));
    if (made.has(name)) continue;
    if (present !== undefined) {
      const isSame =
        present.kind === "file" &&
        contentOf(fs, join(to.snapshot.realDir, name), present)?.sha256 === content.sha256;
      if (!isSame) return { conflict: "file-name-taken" };
      continue;
    }
    steps.push(...missingDirs(fs, to, { name, made }), copyStep(name, content, fact));
    made.add(name);
  }
  return { claim, names, steps, change: changedPaths(fs, claim, from) };
}

function copyStep(name: string, content: SourceFile, { mode, mtimeNs }: FileFact): Step {
  return {
    kind: "write-file",
    phase: "create",
    name,
    content: { source: "splice", ...content, edits: [] },
    mode,
    mtimeNs: String(mtimeNs),
    replaces: null,
    reason: "move-store",
  };
}

function contentOf(fs: ReadFs, path: string, { dev, ino }: FileFact): SourceFile | undefined {
  return fs.withFile(path, (file) => {
    if (file.fact.kind !== "file" || file.fact.dev !== dev || file.fact.ino !== ino) return undefined;
    return { path, size: file.fact.size, sha256: sha256OfFile(file) };
  });
}

/** The path of the prompt that a row shares with others, if it is there. */
function promptOf(fs: ReadFs, entry: JsonObject, { snapshot }: RepairStore): readonly string[] {
  const skills = entry["skillsSnapshot"];
  const reference = isJsonObject(skills) ? skills["promptRef"] : undefined;
  const hash = isJsonObject(reference) ? reference["hash"] : undefined;
  if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) return [];
  const path = promptBlobPath(hash);
  return fs.lstat(join(snapshot.realDir, path)) === undefined ? [] : [path];
}

/** Paths that lead into the store that is left become names; a name that the session id tells anyway is left out. */
function changedPaths(fs: ReadFs, { entry, facts }: KeyClaim, { target }: RepairStore): RowChange {
  const place = openStorePlace(fs, target);
  const nameOf = (path: JsonValue | undefined): string | undefined => {
    if (typeof path !== "string" || !path.includes("/")) return undefined;
    const led = resolveSessionFile(path, place);
    return led.kind === "inside" ? led.name : undefined;
  };
  const { transcript, row } = facts;
  const own =
    transcript.state === "present" && transcript.relocated ? transcript.name : nameOf(entry["sessionFile"]);
  const isTold = own !== undefined && own === `${row.sessionId}.jsonl`;
  const checkpoints = entry["compactionCheckpoints"];
  const changed = Array.isArray(checkpoints) ? checkpoints.map((one) => withNames(one, nameOf)) : undefined;
  const isChanged = changed !== undefined && JSON.stringify(changed) !== JSON.stringify(checkpoints);
  return {
    fields: {
      ...(own === undefined || isTold ? {} : { sessionFile: own }),
      ...(isChanged ? { compactionCheckpoints: changed } : {}),
    },
    ...(isTold ? { cleared: ["sessionFile"] } : {}),
  };
}

function withNames(
  checkpoint: JsonValue,
  nameOf: (path: JsonValue | undefined) => string | undefined,
): JsonValue {
  if (!isJsonObject(checkpoint)) return checkpoint;
  const named = (place: JsonValue | undefined): JsonValue | undefined => {
    const name = isJsonObject(place) ? nameOf(place["sessionFile"]) : undefined;
    return isJsonObject(place) && name !== undefined ? { ...place, sessionFile: name } : place;
  };
  const [pre, post] = [named(checkpoint["preCompaction"]), named(checkpoint["postCompaction"])];
  return {
    ...checkpoint,
    ...(pre === undefined ? {} : { preCompaction: pre }),
    ...(post === undefined ? {} : { postCompaction: post }),
  };
}

/** The move of a file into the trash of the operation, once it lies in the other store. */
export function retireStep(name: string, fact: FileFact): Step {
  return {
    kind: "move-file",
    phase: "retire",
    from: name,
    to: { as: "trash" },
    expect: fileIdentity(fact),
    reason: "move-store",
  };
}
