import { join } from "node:path";
import { parseRow, readHead, type ReadFs, type StoreSnapshot } from "@sessionsmith/core";
import { parseEnvelope } from "./envelope.ts";
import type { EncryptionResult } from "./encryption-order.ts";

/** Header and opening of an encrypted transcript are shorter. */
const headBytes = 16_384;

/** Fields of a row that hold what was said, or a summary of it (OpenClaw 2026.5.28 store format). */
const tellingFields = ["lastHeartbeatText", "compactionCheckpoints", "pluginNextTurnInjections"] as const;

/** What is left in clear of sessions that are encrypted. */
export interface ClearCopies {
  /** Absolute paths of their further files: trajectories, checkpoints, archives, and what lies in the trash. */
  readonly files: readonly string[];
  /** Fields of their rows that may tell what was said. */
  readonly fields: readonly { readonly key: string; readonly field: string }[];
}

/**
 * Looks for what an encryption does not reach. Reads the head of each file that belongs to these sessions.
 * @param trash what lies in the trash of the store: the name that each file had, and its absolute path
 */
export function findClearCopies(
  fs: ReadFs,
  snapshot: StoreSnapshot,
  {
    results,
    trash,
  }: {
    readonly results: readonly EncryptionResult[];
    readonly trash: readonly { readonly name: string; readonly path: string }[];
  },
): ClearCopies {
  const done = results.filter(
    ({ outcome }) =>
      outcome.state === "changed" || (outcome.state === "skipped" && outcome.reason === "already-encrypted"),
  );
  const transcripts = new Set(done.flatMap(({ transcript = [] }) => transcript));
  const bases = [...transcripts].map((name) => name.slice(0, -".jsonl".length));
  const belongs = (name: string) =>
    bases.some((base) => name.startsWith(`${base}.`) || name.startsWith(`${base}-topic-`));
  const referenced = new Set(
    done.flatMap(({ keys }) => keys.flatMap((key) => snapshot.references.filesByRow.get(key) ?? [])),
  );
  const beside = [...snapshot.files.values()]
    .filter(({ name, fact }) => fact.kind === "file" && (belongs(name) || referenced.has(name)))
    .filter(({ name }) => !transcripts.has(name) && !name.endsWith(".lock"))
    .map(({ name }) => join(snapshot.realDir, name));
  const retired = trash.filter(({ name }) => belongs(name)).map(({ path }) => path);
  return {
    files: [...beside, ...retired].filter((path) => !isEncrypted(fs, path)),
    fields: tellingFieldsOf(snapshot, new Set(done.flatMap(({ keys }) => keys))),
  };
}

function isEncrypted(fs: ReadFs, path: string): boolean {
  const head = fs.withFile(path, (file) => readHead(file, headBytes));
  const [, second = ""] = head?.toString("utf8").split("\n", 2) ?? [];
  return parseEnvelope(Buffer.from(second)).state === "envelope";
}

function tellingFieldsOf(
  { document, rows }: StoreSnapshot,
  keys: ReadonlySet<string>,
): ClearCopies["fields"] {
  return rows.flatMap(({ row }) => {
    const entry = keys.has(row.key) ? parseRow(document, row) : undefined;
    if (entry === undefined) return [];
    return tellingFields
      .filter((field) => Object.hasOwn(entry, field))
      .map((field) => ({ key: row.key, field }));
  });
}
