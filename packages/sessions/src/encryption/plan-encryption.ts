import { join } from "node:path";
import {
  fileIdentity,
  heldFile,
  type Host,
  indexChangeOf,
  indexEdits,
  isStoreError,
  type JsonObject,
  parseRow,
  type Plan,
  planSchemaVersion,
  planStoreOf,
  readEntryText,
  type RowDecision,
  type RowFacts,
  sealPlan,
  type Step,
  type StoreSnapshot,
  type WriteFileStep,
} from "@sessionsmith/core";
import { type Conversion, convertTranscript } from "./convert-transcript.ts";
import type { EncryptionOrder, EncryptionOutcome, EncryptionResult } from "./encryption-order.ts";
import type { KeyParams } from "./key-params.ts";
import { knownKeys } from "./known-keys.ts";
import { extensionsWithSeal, readRowSeal } from "./row-seal.ts";

/** A plan of encryption, and what it does to each transcript. */
export interface PlannedEncryption {
  readonly plan: Plan;
  /** In file order of their first rows. */
  readonly results: readonly EncryptionResult[];
}

/**
 * Plans to encrypt transcripts, to decrypt them, or to change their key: one operation that can be undone with the key. Reads each
 * transcript as a whole. One that can't be done is told, and left as it is.
 */
export function planEncryption(
  host: Pick<Host, "clock" | "fs">,
  snapshot: StoreSnapshot,
  order: EncryptionOrder,
): PlannedEncryption {
  const groups = groupsOf(snapshot, order);
  const known = () => knownKeys(snapshot);
  const converted = groups.map((group) => convertGroup(host, group, { snapshot, order, known }));
  const rows = rowDecisions(snapshot, converted);
  const change = indexChangeOf(rows);
  const steps: Step[] = converted.flatMap(({ step }) => (step === undefined ? [] : [step]));
  if (change !== undefined) {
    const { document, fingerprint, target } = snapshot;
    const { sha256, size } = fingerprint;
    const edits = indexEdits(document, change);
    const content = { source: "splice", path: target.indexPath, size, sha256, edits } as const;
    steps.push({ kind: "write-index", phase: "switch", path: target.indexPath, content });
  }
  const plan = sealPlan({
    schemaVersion: planSchemaVersion,
    command: order.task === "rotate" ? "rotate key" : order.task,
    createdAt: host.clock.now(),
    now: order.now,
    policy: { task: order.task },
    parts: [{ store: planStoreOf(snapshot), rows, files: [], steps, blockedBy: [] }],
  });
  return { plan, results: converted.map(({ result }) => result) };
}

/** The rows that have one transcript; or one row that has none. */
interface RowGroup {
  readonly rows: readonly RowFacts[];
  readonly transcript: RowFacts["transcript"];
}

interface ConvertedGroup {
  readonly result: EncryptionResult;
  readonly step?: WriteFileStep;
  /** New extensions by session key; undefined takes them away. */
  readonly extensions: ReadonlyMap<string, JsonObject | undefined>;
}

/** Rows that share a transcript go together, whichever of them was asked for. */
function groupsOf({ rows }: StoreSnapshot, { selects }: EncryptionOrder): readonly RowGroup[] {
  const byName = new Map<string, RowFacts[]>();
  const groups: RowGroup[] = [];
  for (const facts of rows) {
    const { transcript } = facts;
    const name = transcript.state === "present" ? transcript.name : undefined;
    const shared = name === undefined ? undefined : byName.get(name);
    if (shared !== undefined) {
      shared.push(facts);
      continue;
    }
    const own = [facts];
    if (name !== undefined) byName.set(name, own);
    groups.push({ rows: own, transcript });
  }
  return groups.filter((group) => group.rows.some(({ row }) => selects(row)));
}

interface GroupContext {
  readonly snapshot: StoreSnapshot;
  readonly order: EncryptionOrder;
  readonly known: () => Iterable<KeyParams>;
}

function convertGroup(
  { fs }: Pick<Host, "fs">,
  group: RowGroup,
  { snapshot, order, known }: GroupContext,
): ConvertedGroup {
  const name = group.transcript.state === "present" ? group.transcript.name : undefined;
  const told = (outcome: EncryptionOutcome): EncryptionResult => ({
    keys: group.rows.map(({ row }) => row.key),
    sessionId: group.rows[0]?.row.sessionId,
    transcript: name,
    outcome,
  });
  const kept = (outcome: EncryptionOutcome): ConvertedGroup => ({
    result: told(outcome),
    extensions: new Map(),
  });
  const entries = entriesOf(snapshot, group);
  if (entries === undefined) return kept({ state: "skipped", reason: "row-not-understood" });
  const reason = whySkipped(snapshot, group, entries);
  if (reason !== undefined || name === undefined)
    return kept({ state: "skipped", reason: reason ?? "no-transcript" });
  const path = join(snapshot.realDir, name);
  const [first = {}] = entries.values();
  try {
    const conversion = fs.withFile(path, (opened) =>
      convertTranscript({ file: heldFile(opened), path, seal: readRowSeal(first), known }, order),
    );
    if (conversion === undefined) return kept({ state: "skipped", reason: "no-transcript" });
    if (typeof conversion === "string") return kept({ state: "skipped", reason: conversion });
    return {
      result: told({ state: "changed", lines: conversion.lines }),
      step: writeStep(name, conversion, order.task),
      extensions: new Map(
        [...entries].map(([key, entry]) => [key, extensionsWithSeal(entry, conversion.seal)]),
      ),
    };
  } catch (error) {
    if (!isStoreError(error)) throw error;
    return kept({ state: "failed", error });
  }
}

/** The rows as they are; undefined if one of them is not understood. */
function entriesOf(
  { document }: StoreSnapshot,
  { rows }: RowGroup,
): ReadonlyMap<string, JsonObject> | undefined {
  const entries = new Map<string, JsonObject>();
  for (const { row } of rows) {
    const entry = row.understood ? parseRow(document, row) : undefined;
    if (entry === undefined) return undefined;
    entries.set(row.key, entry);
  }
  return entries;
}

function whySkipped(
  { files }: StoreSnapshot,
  { rows, transcript }: RowGroup,
  entries: ReadonlyMap<string, JsonObject>,
) {
  if (transcript.state === "outside") return "transcript-outside";
  if (transcript.state === "unknown") return "transcript-unknown";
  if (transcript.state !== "present") return "no-transcript";
  const isRunning = [...entries.values()].some((entry) => readEntryText(entry, "status") === "running");
  if (isRunning || rows.some(({ locked }) => locked)) return "in-use";
  return (files.get(transcript.name)?.fact.nlink ?? 1) > 1 ? "hard-linked" : undefined;
}

function writeStep(name: string, { fact, content, cipher }: Conversion, reason: string): WriteFileStep {
  return {
    kind: "write-file",
    phase: "switch",
    name,
    content,
    mode: fact.mode,
    mtimeNs: String(fact.mtimeNs),
    replaces: fileIdentity(fact),
    reason,
    cipher,
  };
}

function rowDecisions({ rows }: StoreSnapshot, converted: readonly ConvertedGroup[]): readonly RowDecision[] {
  const extensions = new Map(converted.flatMap((group) => [...group.extensions]));
  const reasons = new Map(
    converted.flatMap(({ result }) => result.keys.map((key) => [key, reasonOf(result.outcome)])),
  );
  return rows.map(({ row }) => {
    const decision: RowDecision = {
      key: row.key,
      sessionId: row.sessionId,
      action: "keep",
      reasons: [reasons.get(row.key) ?? "not-asked-for"],
      ageMs: null,
    };
    if (!extensions.has(row.key)) return decision;
    const value = extensions.get(row.key);
    const change =
      value === undefined ? { cleared: ["pluginExtensions"] } : { fields: { pluginExtensions: value } };
    return { ...decision, change };
  });
}

function reasonOf(outcome: EncryptionOutcome): string {
  if (outcome.state === "skipped") return outcome.reason;
  return outcome.state === "failed" ? outcome.error.code : "asked-for";
}
