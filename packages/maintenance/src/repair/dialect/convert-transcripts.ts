import { join } from "node:path";
import {
  type BareTranscript,
  readBareTranscript,
  type RowFacts,
  type Step,
  type StoreFile,
} from "@sessionsmith/core";
import { claimedNames } from "../claimed-files.ts";
import type { Mend, Unmended } from "../repair-domain.ts";
import type { RepairRequest } from "../repair-request.ts";
import { type RepairStore, withPlanned } from "../repair-store.ts";
import { asideName } from "../transcripts/aside-name.ts";
import { mendWord } from "../transcripts/mend-words.ts";
import { replacingSteps } from "../transcripts/replacing-steps.ts";
import { readHeaderClues, rowsOfFiles } from "../transcripts/transcript-clues.ts";
import { whyTranscriptStays } from "../transcripts/why-transcript-stays.ts";
import { bareTranscriptParams, bareTranscriptRecipeName } from "./bare-transcript-recipe.ts";

/**
 * Makes transcripts of version 3 of those that openclaw-python left: bare messages, in which OpenClaw finds nothing. Each is replaced as
 * a whole, the file as it was goes to the trash, and what is no message goes to a file beside it. One that is in use, has further names
 * or holds records of OpenClaw as well is left as it is.
 */
export function convertTranscripts(store: RepairStore, request: RepairRequest): RepairStore {
  const { snapshot } = store;
  const rowsOf = rowsOfFiles(snapshot);
  const claimed = claimedNames(store);
  const steps: Step[] = [];
  const mends: Mend[] = [];
  const unmended: Unmended[] = [];
  for (const file of snapshot.files.values()) {
    const { name, nameClass, fact } = file;
    if (nameClass.kind !== "transcript" || fact.kind !== "file" || claimed.has(name)) continue;
    const rows = rowsOf.get(name) ?? [];
    const bare = bareTranscriptOf(store, request, { file, rows });
    if (bare === undefined) continue;
    const stays = bare.stays ?? whyTranscriptStays({ snapshot, now: request.now }, { file, rows });
    if (stays === undefined) {
      const aside = bare.asideEdits === undefined ? undefined : asideName(name, snapshot.files);
      steps.push(...stepsOf(join(snapshot.realDir, name), { name, aside }, bare));
      mends.push(mendOf({ name, aside, rows }, bare));
    } else unmended.push({ domain: "dialect", what: "transcript-bare", file: name, reasons: [stays] });
  }
  return withPlanned(store, { steps, mends, unmended });
}

function bareTranscriptOf(
  { snapshot }: RepairStore,
  { host }: RepairRequest,
  { file, rows }: { readonly file: StoreFile; readonly rows: readonly RowFacts[] },
): BareTranscript | undefined {
  const isReferenced = snapshot.references.rowsByFile.has(file.name);
  return readBareTranscript(host.fs, join(snapshot.realDir, file.name), {
    cluesFor: (firstAtMs) => readHeaderClues(host, snapshot, { file, rows, firstAtMs }),
    accept: ({ isTranscript }) => isReferenced || isTranscript,
  });
}

function stepsOf(
  path: string,
  { name, aside }: { readonly name: string; readonly aside: string | undefined },
  bare: BareTranscript,
): readonly Step[] {
  const { fact, sha256, asideEdits } = bare;
  const source = { path, size: fact.size, sha256 };
  const content = {
    source: "derive",
    recipe: bareTranscriptRecipeName,
    inputs: [source],
    params: bareTranscriptParams(bare),
  } as const;
  const asideContent =
    asideEdits === undefined ? undefined : ({ source: "splice", ...source, edits: asideEdits } as const);
  return replacingSteps(fact, { name, content, aside, asideContent }, "repair-dialect");
}

function mendOf(
  {
    name,
    aside,
    rows,
  }: { readonly name: string; readonly aside: string | undefined; readonly rows: readonly RowFacts[] },
  { messages, troubles }: BareTranscript,
): Mend {
  const [only, ...others] = rows;
  const damage = troubles.filter(({ id }) => mendWord(id) !== undefined).map(({ id }) => id);
  return {
    domain: "dialect",
    what: "transcript-converted",
    ...(only !== undefined && others.length === 0 ? { key: only.row.key } : {}),
    file: name,
    ...(aside === undefined ? {} : { to: aside }),
    count: messages,
    reasons: ["messages-bare", ...damage],
  };
}
