import type { Recipe, WriteFileStep } from "@sessionsmith/core";
import { applyChange, type ChangeOptions, type SettledChange } from "../change/apply-change.ts";
import { type Answered, type ChangeFrame, changeFrame } from "../change/change-frame.ts";
import { scanOrCreate } from "../change/scan-for-change.ts";
import type { StoreScope } from "../change/store-scope.ts";
import { importedLines } from "./imported-lines.ts";
import type { ImportedSession } from "./imported-session.ts";
import { type PlacedImport, placeImport, takenNames } from "./place-session.ts";

/** Sessions that are to be brought into one store. */
export interface ImportOrder {
  /** What they come from; absolute. */
  readonly file: string;
  readonly sessions: readonly ImportedSession[];
}

/** What came of it. */
export interface ImportAnswer extends ChangeFrame {
  readonly ok: true;
  readonly agentId: string;
  /** Absolute path of the index. */
  readonly path: string;
  readonly added: number;
  /** Sessions that the store had already. */
  readonly alreadyThere: number;
  readonly sessions: readonly ImportedRow[];
}

/** What became of one session. */
export interface ImportedRow {
  readonly key: string;
  readonly sessionId: string;
  /** The key in the export. */
  readonly fromKey: string;
  readonly outcome: PlacedImport["outcome"];
  readonly changes: readonly string[];
}

const recipeName = "exported-transcript";

/**
 * Brings the sessions of an export into a store, which is made if it is not there: rows with their ids and times, and transcripts byte
 * for byte. Nothing in the store is replaced: what is taken gets a new id, what is there already is passed over.
 * @throws StoreError as `applyChange` does
 */
export async function importSessions(
  scope: StoreScope,
  order: ImportOrder,
  options: ChangeOptions = {},
): Promise<Answered<ImportAnswer>> {
  let settled: readonly PlacedImport[] = [];
  const recipe: Recipe = (_inputs, params) => transcriptBytes(settled[Number(params["n"])]);
  const applied = await applyChange(
    scope,
    () => {
      const next = settle(scope, order);
      settled = next.about;
      return next;
    },
    { ...options, create: true, recipes: new Map([[recipeName, recipe]]) },
  );
  const rows = applied.about.map(({ key, sessionId, session, outcome, changes }): ImportedRow => ({
    key,
    sessionId,
    fromKey: session.key,
    outcome,
    changes,
  }));
  const added = rows.filter(({ outcome }) => outcome === "add").length;
  const { agentId, indexPath: path } = scope.target;
  const counts = { added, alreadyThere: rows.length - added };
  return { answer: { ok: true, agentId, path, ...counts, sessions: rows, ...changeFrame(applied) }, applied };
}

function settle(scope: StoreScope, { file, sessions }: ImportOrder): SettledChange<readonly PlacedImport[]> {
  const { host, target } = scope;
  const now = host.clock.now();
  const snapshot = scanOrCreate(scope, now);
  const rows = new Map(snapshot.rows.map((facts) => [facts.row.key, facts]));
  const placing = { fs: host.fs, snapshot, rows, agentId: target.agentId, taken: takenNames(snapshot) };
  const placed = sessions.map((session) => placeImport(session, placing));
  const adding = placed.filter(({ outcome }) => outcome === "add");
  return {
    snapshot,
    change: {
      command: "import",
      policy: { file },
      now,
      turns: new Map(),
      added: adding.map(({ key, entry }) => ({ key, value: entry, reason: "import" })),
      writes: placed.flatMap((one, n) => writeTranscript(one, n) ?? []),
    },
    about: placed,
  };
}

function writeTranscript(
  { session, sessionId, name, writes }: PlacedImport,
  n: number,
): WriteFileStep | undefined {
  const { transcript } = session;
  if (!writes || name === undefined || transcript === undefined) return undefined;
  const { sha256, size } = transcript;
  return {
    kind: "write-file",
    phase: "create",
    name,
    content: { source: "derive", recipe: recipeName, inputs: [], params: { n, sha256, size, sessionId } },
    mode: 0o600,
    replaces: null,
    reason: "import",
  };
}

function* transcriptBytes(placed: PlacedImport | undefined): Generator<Uint8Array, void> {
  const transcript = placed?.session.transcript;
  if (placed === undefined || transcript === undefined) throw new Error("an import without its transcript");
  let waiting: Buffer | undefined;
  for (const line of importedLines(placed.session, placed.sessionId)) {
    if (waiting !== undefined) yield Buffer.concat([waiting, lineFeed]);
    waiting = line;
  }
  if (waiting !== undefined) yield transcript.unterminated ? waiting : Buffer.concat([waiting, lineFeed]);
}

const lineFeed = Buffer.from("\n");
