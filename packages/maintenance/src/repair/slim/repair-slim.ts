import { join } from "node:path";
import {
  type Host,
  type IndexDocument,
  lastRowsByKey,
  promptBlobPath,
  sha256OfFile,
  type Step,
} from "@sessionsmith/core";
import { editRows } from "../edit-rows.ts";
import { changeableRows } from "../keys/key-claim.ts";
import { missingDirs } from "../missing-dirs.ts";
import type { Mend, Unmended } from "../repair-domain.ts";
import type { RepairRequest } from "../repair-request.ts";
import type { RepairStore } from "../repair-store.ts";
import type { RowEdit } from "../row-edit.ts";
import { type SharedPrompt, slimRow } from "./slim-row.ts";

/**
 * Makes the index smaller without losing a word: each prompt of skills is kept once, in the file in which OpenClaw 2026.5.28 keeps it, and
 * reports that tell nothing any more leave.
 */
export function repairSlim(store: RepairStore, request: RepairRequest): RepairStore {
  const { host, now } = request;
  if (store.base.state === "missing") return store;
  const { document } = store.snapshot;
  const steps = new Map<string, readonly Step[]>();
  const made = new Set(store.steps.flatMap((step) => ("name" in step ? [step.name] : [])));
  const edits: RowEdit[] = [];
  const mends: (Mend & { readonly key: string })[] = [];
  const unmended: Unmended[] = [];
  for (const [{ row }, entry] of changeableRows(store)) {
    const slim = slimRow(entry, now);
    if (slim === undefined) continue;
    const { prompt, change, reasons } = slim;
    const { key } = row;
    if (prompt !== undefined && !steps.has(prompt.hash)) {
      const write = writePrompt(host, store, { prompt, made });
      if (write === undefined) {
        unmended.push({ domain: "slim", what: "prompt-stays", key, reasons: ["prompt-file-damaged"] });
        continue;
      }
      steps.set(prompt.hash, write);
    }
    edits.push({ kind: "change", key, change, reasons });
    mends.push({ domain: "slim", what: "row-slimmed", key, reasons });
  }
  const done = editRows(store, request, edits);
  const [before, after] = [sizesByKey(document), sizesByKey(done.snapshot.document)];
  const savedBy = (key: string): number => (before.get(key) ?? 0) - (after.get(key) ?? 0);
  return {
    ...done,
    steps: [...done.steps, ...[...steps.values()].flat()],
    mends: [...done.mends, ...mends.map((mend) => ({ ...mend, savedBytes: savedBy(mend.key) }))],
    unmended: [...done.unmended, ...unmended],
  };
}

/** Bytes of the value of each row that counts. */
function sizesByKey(document: IndexDocument): ReadonlyMap<string, number> {
  return new Map(
    [...lastRowsByKey(document)].map(([key, { valueRange }]) => [key, valueRange.end - valueRange.start]),
  );
}

/** The steps that make the file of a prompt; none if it is there, undefined if something else is. */
function writePrompt(
  { fs }: Pick<Host, "fs">,
  store: RepairStore,
  { prompt, made }: { readonly prompt: SharedPrompt; readonly made: Set<string> },
): readonly Step[] | undefined {
  const name = promptBlobPath(prompt.hash);
  const path = join(store.snapshot.realDir, name);
  const fact = fs.lstat(path);
  if (fact !== undefined) {
    const hash = fact.kind === "file" ? fs.withFile(path, (file) => sha256OfFile(file)) : undefined;
    return hash === prompt.hash ? [] : undefined;
  }
  // A splice of no file at all: there is no limit to how long its text may be.
  const nothing = { path: store.base.store.indexPath, size: 0, sha256: emptySha256 };
  const content = {
    source: "splice",
    ...nothing,
    edits: [{ at: 0, remove: 0, insert: prompt.text }],
  } as const;
  return [
    ...missingDirs(fs, store, { name, made }),
    {
      kind: "write-file",
      phase: "create",
      name,
      content,
      mode: 0o600,
      replaces: null,
      reason: "prompt-shared",
    },
  ];
}

const emptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
