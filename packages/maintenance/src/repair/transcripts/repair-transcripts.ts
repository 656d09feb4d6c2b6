import { join } from "node:path";
import {
  type MendableTranscript,
  readTranscriptMend,
  type RowFacts,
  type Step,
  type StoreFile,
} from "@sessionsmith/core";
import { claimedNames } from "../claimed-files.ts";
import type { Mend, Unmended } from "../repair-domain.ts";
import type { RepairRequest } from "../repair-request.ts";
import { type RepairStore, withPlanned } from "../repair-store.ts";
import { mendWord } from "./mend-words.ts";
import { asideName } from "./aside-name.ts";
import { replacingSteps } from "./replacing-steps.ts";
import { readHeaderClues, rowsOfFiles } from "./transcript-clues.ts";
import { whyTranscriptStays } from "./why-transcript-stays.ts";

/** What is done about one transcript. */
type Outcome =
  | { readonly mend: MendableTranscript; readonly rows: readonly RowFacts[] }
  | { readonly stays: string };

/** Mends the transcripts of all stores; of stores that share a directory, the first one has them. */
export function repairTranscripts(
  stores: readonly RepairStore[],
  request: RepairRequest,
): readonly RepairStore[] {
  const seen = new Set<string>();
  return stores.map((store) => {
    const { realDir } = store.snapshot;
    return seen.size === seen.add(realDir).size ? store : repairDirectory(store, request);
  });
}

/**
 * Mends the transcripts of a store: each damaged one is replaced by a sound one as a whole, the file as it was goes to the trash, and
 * what is no record any more goes to a file beside it. A transcript that is in use, or has further names, is left as it is.
 */
function repairDirectory(store: RepairStore, request: RepairRequest): RepairStore {
  const { snapshot } = store;
  const rowsOf = rowsOfFiles(snapshot);
  const claimed = claimedNames(store);
  const steps: Step[] = [];
  const mends: Mend[] = [];
  const unmended: Unmended[] = [];
  for (const file of snapshot.files.values()) {
    const { name, nameClass, fact } = file;
    // What another domain writes anew is looked at by the next repair.
    if (nameClass.kind !== "transcript" || fact.kind !== "file" || claimed.has(name)) continue;
    const outcome = mendOf(store, request, { file, rows: rowsOf.get(name) ?? [] });
    if (outcome === undefined) continue;
    if ("stays" in outcome) {
      unmended.push({
        domain: "transcripts",
        what: "transcript-damaged",
        file: name,
        reasons: [outcome.stays],
      });
      continue;
    }
    const aside = asideName(name, snapshot.files);
    steps.push(...stepsOf(join(snapshot.realDir, name), { name, aside }, outcome.mend));
    mends.push(...mendsOf(name, aside, outcome));
  }
  return withPlanned(store, { steps, mends, unmended });
}

function mendOf(
  { snapshot }: RepairStore,
  { host, now }: RepairRequest,
  { file, rows }: { readonly file: StoreFile; readonly rows: readonly RowFacts[] },
): Outcome | undefined {
  const isReferenced = snapshot.references.rowsByFile.has(file.name);
  const mend = readTranscriptMend(host.fs, join(snapshot.realDir, file.name), {
    clues: () => readHeaderClues(host, snapshot, { file, rows }),
    accept: ({ troubles, isTranscript }) =>
      (isReferenced || isTranscript) && troubles.some(({ id }) => mendWord(id) !== undefined),
  });
  if (mend === undefined || mend === "newer") return undefined;
  const stays = whyTranscriptStays({ snapshot, now }, { file, rows });
  return stays === undefined ? { mend, rows } : { stays };
}

function stepsOf(
  path: string,
  { name, aside }: { readonly name: string; readonly aside: string | undefined },
  { fact, sha256, edits, asideEdits }: MendableTranscript,
): readonly Step[] {
  const source = { source: "splice", path, size: fact.size, sha256 } as const;
  const asideContent = asideEdits === undefined ? undefined : { ...source, edits: asideEdits };
  const mended = { name, content: { ...source, edits }, aside, asideContent };
  return replacingSteps(fact, mended, "repair-transcripts");
}

function mendsOf(
  file: string,
  aside: string | undefined,
  { mend, rows }: Extract<Outcome, { readonly mend: unknown }>,
): readonly Mend[] {
  const [only, ...others] = rows;
  const key = only !== undefined && others.length === 0 ? { key: only.row.key } : {};
  return mend.troubles.flatMap(({ id, count }): readonly Mend[] => {
    const what = mendWord(id);
    if (what === undefined) return [];
    const from = what === "header-made" ? [`header-from:${mend.headerFrom ?? "clues"}`] : [];
    const to = what.endsWith("set-aside") && aside !== undefined ? { to: aside } : {};
    return [{ domain: "transcripts", what, file, ...key, ...to, count, reasons: [id, ...from] }];
  });
}
