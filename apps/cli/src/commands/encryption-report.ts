import { counted } from "../render/counted.ts";
import type { StoreTarget } from "@sessionsmith/core";
import type { ApplyOutcome } from "@sessionsmith/core/engine";
import type { ClearCopies, EncryptionResult, EncryptionSkip } from "@sessionsmith/sessions";
import type { ExitStatus } from "../exit-codes.ts";
import { reportFailedStores } from "../failed-stores.ts";
import { failuresOf } from "../for-each-store.ts";
import type { StoreResult } from "../for-each-store.ts";
import type { CliIo } from "../io.ts";
import type { OutputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";

/** What became of one store; a part of the JSON document of `encrypt` and `decrypt`. */
export interface EncryptedStore {
  readonly agentId: string;
  readonly storePath: string;
  /** Null for a preview, or if there was nothing to do. */
  readonly operationId: string | null;
  /** How many transcripts were changed, or would be. */
  readonly changed: number;
  readonly sessions: readonly EncryptedSession[];
  /** What is still in clear of the sessions that are encrypted. */
  readonly leftInClear: ClearCopies;
  readonly warnings: readonly string[];
}

/** What became of one transcript. */
interface EncryptedSession {
  readonly keys: readonly string[];
  readonly sessionId: string | null;
  readonly transcript: string | null;
  readonly state: "changed" | "failed" | "skipped";
  /** Lines after the header; null if it was not changed. */
  readonly lines: number | null;
  /** Why it was left as it is; null if it was not. */
  readonly reason: string | null;
  readonly message: string | null;
}

/** Makes the report on one store. Pure. */
export function encryptedStore(
  { agentId, indexPath }: StoreTarget,
  {
    results,
    copies,
    applied,
  }: {
    readonly results: readonly EncryptionResult[];
    readonly copies: ClearCopies;
    readonly applied: ApplyOutcome | undefined;
  },
): EncryptedStore {
  return {
    agentId,
    storePath: indexPath,
    operationId: applied?.operationId ?? null,
    changed: results.filter(({ outcome }) => outcome.state === "changed").length,
    sessions: results.map(encryptedSession),
    leftInClear: copies,
    warnings: applied?.warnings ?? [],
  };
}

function encryptedSession({ keys, sessionId, transcript, outcome }: EncryptionResult): EncryptedSession {
  return {
    keys,
    sessionId: sessionId ?? null,
    transcript: transcript ?? null,
    state: outcome.state,
    lines: outcome.state === "changed" ? outcome.lines : null,
    reason:
      outcome.state === "skipped" ? outcome.reason : outcome.state === "failed" ? outcome.error.code : null,
    message: outcome.state === "failed" ? outcome.error.message : null,
  };
}

/** All that was done. */
export interface EncryptionReport {
  readonly task: "decrypt" | "encrypt" | "rotate";
  readonly dryRun: boolean;
  readonly results: readonly StoreResult<EncryptedStore>[];
  readonly leftOut: number;
}

/** Why a transcript was not done although it was asked for. Any other reason says that there was nothing to do. */
const leftReasons: ReadonlySet<string> = new Set<EncryptionSkip>([
  "hard-linked",
  "in-use",
  "row-not-understood",
  "transcript-outside",
  "transcript-unknown",
]);

/** Writes the report; what failed or was left goes to standard error too. Exit 3 if there is any, or if a store failed. */
export function writeEncryption(
  { task, dryRun, results, leftOut }: EncryptionReport,
  { io, view }: { readonly io: CliIo; readonly view: OutputView },
): ExitStatus {
  const stores = results.flatMap((result) => (result.state === "done" ? [result.value] : []));
  if (view.json) writeJson({ task, dryRun, stores }, io.stdout);
  else io.stdout(stores.map((store) => storeText(store, { task, dryRun })).join(""));
  const failed = stores.flatMap(({ sessions }) => sessions.filter(({ state }) => state === "failed"));
  const left = stores.flatMap(({ sessions }) => sessions.filter(isLeft));
  const lines = [
    ...left.map((session) => leftLine(session, dryRun)),
    ...failed.map(({ message }) => message ?? ""),
    ...stores.flatMap(({ warnings }) => warnings),
    ...(view.quiet ? [] : stores.flatMap((store) => clearLines(store, dryRun))),
  ];
  for (const line of lines) io.stderr(`sessionsmith: ${safeText(line)}\n`);
  const opened = results.filter(({ state }) => state !== "empty").length;
  const status = reportFailedStores({ opened, failed: failuresOf(results), leftOut }, view, io);
  const isPartly = left.length + failed.length > 0 || stores.some(({ warnings }) => warnings.length > 0);
  return status === 0 && isPartly ? 3 : status;
}

const doneWords = {
  encrypt: ["Encrypted", "Would encrypt"],
  decrypt: ["Decrypted", "Would decrypt"],
  rotate: ["Gave a new key to", "Would give a new key to"],
} as const;

function storeText(
  { storePath, changed, sessions, operationId }: EncryptedStore,
  { task, dryRun }: Pick<EncryptionReport, "dryRun" | "task">,
): string {
  const counts = new Map<string, number>();
  for (const { reason } of sessions) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const left = [...counts].map(([reason, count]) => `${count} ${reason}`).join(", ");
  const lines = [
    `${doneWords[task][dryRun ? 1 : 0]} ${counted(changed, "transcript")} of ${safeText(storePath)}.`,
    ...(left === "" ? [] : [`Left as they are: ${left}.`]),
    ...(operationId === null
      ? []
      : [
          `Done as operation ${operationId}; \`sessionsmith undo ${operationId}\` takes it back, with the key.`,
        ]),
  ];
  return `${lines.join("\n")}\n`;
}

function isLeft({ state, reason }: EncryptedSession): boolean {
  return state === "skipped" && reason !== null && leftReasons.has(reason);
}

function leftLine({ keys, reason }: EncryptedSession, dryRun: boolean): string {
  return `${keys.join(", ")} ${dryRun ? "would be" : "was"} left as it is: ${reason}`;
}

/** What an encryption did not reach, so that nobody believes it did. */
function clearLines({ leftInClear: { files, fields } }: EncryptedStore, dryRun: boolean): readonly string[] {
  const is = dryRun ? "would still be" : "is still";
  return [
    ...files.map((path) => `${path} ${is} in clear`),
    ...fields.map(({ key, field }) => `${field} of ${key} ${is} in clear`),
  ];
}
