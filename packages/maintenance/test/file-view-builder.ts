import type { OrphanClues, RowDecision, StoreSnapshot, TranscriptOrigin } from "@sessionsmith/core";
import type { CleanupPolicy } from "../src/cleanup-policy.ts";
import { foldFilePasses } from "../src/file-pass.ts";
import type { CleanupFilePass, FileView } from "../src/file-pass.ts";
import { noFacts } from "../src/store-facts.ts";
import type { StoreFacts } from "../src/store-facts.ts";
import { aPolicy } from "./policy-builder.ts";
import { aSnapshot, now } from "./snapshot-builder.ts";
import type { StoreSketch } from "./snapshot-builder.ts";

/** A session of a person, with nothing to tell where it comes from. */
export const plainSession: OrphanClues = {
  origin: { state: "session", parentSession: undefined, beganAs: undefined },
  trajectoryKey: undefined,
};

/** Clues other than those of a plain session. */
export function cluesWith(
  origin: Partial<Extract<TranscriptOrigin, { readonly state: "session" }>>,
  trajectoryKey?: string,
): OrphanClues {
  return {
    origin: { state: "session", parentSession: undefined, beganAs: undefined, ...origin },
    trajectoryKey,
  };
}

/** What was read of the transcripts of a store: they are plain sessions unless said otherwise. */
export function factsOf(
  { files }: StoreSnapshot,
  orphans: Readonly<Record<string, OrphanClues>> = {},
): StoreFacts {
  const transcripts = [...files.values()].filter(({ nameClass }) => nameClass.kind === "transcript");
  const clues = transcripts.map(({ name }) => [name, orphans[name] ?? plainSession] as const);
  return { ...noFacts, orphans: new Map(clues) };
}

/** What a pass over files sees, with a session header in every transcript; rows whose keys begin with `leaves` leave. */
export function aFileView(
  sketch: StoreSketch,
  changes: {
    readonly policy?: Partial<CleanupPolicy>;
    readonly orphans?: Readonly<Record<string, OrphanClues>>;
  } = {},
): FileView {
  const snapshot = aSnapshot(sketch);
  const facts = factsOf(snapshot, changes.orphans);
  const rows = snapshot.rows.map(({ row: { key, sessionId } }): RowDecision => {
    const action = key.startsWith("leaves") ? "prune-stale" : "keep";
    return { key, sessionId, action, reasons: [], ageMs: 0 };
  });
  return { snapshot, facts, policy: aPolicy(changes.policy), now, rows, decided: new Map() };
}

/** What becomes of each file that a pass decides on, as `action: reasons`. */
export function fatesOf(pass: CleanupFilePass, view: FileView): Record<string, string> {
  const files = foldFilePasses(view, [], [pass]);
  return Object.fromEntries(
    files.map(({ name, action, reasons }) => [name, `${action}: ${reasons.join(", ")}`]),
  );
}
