import {
  type Finding,
  HeldFiles,
  type Host,
  merged,
  longList,
  type Plan,
  type Recipes,
  type Sequence,
  viewOf,
} from "@sessionsmith/core";
import { tarRecipe, tarRecipeName } from "./content/tar-recipe.ts";
import { transcriptRecipe, transcriptRecipeName } from "./content/transcript-recipe.ts";
import type { LegacyDetection } from "./legacy-source.ts";
import type { MigratedSession } from "./migrated-session.ts";
import { migrationOrder, type MigrationOrder, type MigrationRequest } from "./migration-request.ts";
import { findDuplicates } from "./plan/find-duplicates.ts";
import { placeAll } from "./plan/place-all.ts";
import { sealMigration, type Share } from "./plan/seal-migration.ts";
import { unplacedOutcome } from "./plan/session-outcome.ts";
import { surveySession } from "./plan/survey-session.ts";

/** A migration that was planned and not yet done. */
export interface PlannedMigration {
  readonly detection: LegacyDetection;
  /** One operation over all the stores; without steps if everything is there already. */
  readonly plan: Plan;
  /** What becomes of each session, in order of their files. */
  readonly sessions: Sequence<MigratedSession>;
  readonly findings: readonly Finding[];
}

/** The recipes that a migration's plan names; `applyPlan` takes them. */
export const migrationRecipes: Recipes = new Map([
  [transcriptRecipeName, transcriptRecipe],
  [tarRecipeName, tarRecipe],
]);

/**
 * Plans to bring all sessions that were found into the stores of their agents: reads every file once, and writes nothing.
 * What can't be read is left where it is and named. Sessions that are in the stores already are left alone, and so is every row
 * of the stores.
 * @throws StoreError E_NOT_FOUND if there is no such workspace; E_SQLITE_ERA, E_CORRUPT_INDEX, E_IO of a store; E_STALE_PLAN if a file goes away meanwhile
 */
export function planMigration(host: Host, request: MigrationRequest): PlannedMigration {
  const order = migrationOrder(host, request);
  const { detection } = order;
  const share = shareOut(host, order);
  const { stores, unreadable, duplicates } = share;
  const outcomes = [
    ...stores.map(({ placed }) => viewOf(placed, ({ migrated }) => migrated)),
    unreadable.map((session) => unplacedOutcome(session, "left")),
    duplicates.map(({ session }) => unplacedOutcome(session, "duplicate")),
  ];
  return {
    detection,
    plan: sealMigration(host, share, order),
    sessions: merged(outcomes, byFile),
    findings: allFindings(detection, share),
  };
}

/** Reads every session and places it. What was read of those that are placed is let go with the end of this. */
function shareOut(host: Host, order: MigrationOrder): Share {
  const { detection, naiveZone, onProgress } = order;
  const held = new HeldFiles();
  const surveyed = longList(
    viewOf(detection.sources, (source, n) => {
      const session = surveySession(host.fs, source, { naiveZone, held });
      onProgress?.(n + 1, detection.sources.length);
      return session;
    }),
  );
  const { duplicates, dropped } = findDuplicates(host.fs, surveyed);
  return { ...placeAll(host, { surveyed, dropped }, order), duplicates };
}

function byFile(a: MigratedSession, b: MigratedSession): number {
  return compare(a.path, b.path) || compare(a.legacyId, b.legacyId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function allFindings(
  detection: LegacyDetection,
  { stores, unreadable, duplicates }: Share,
): readonly Finding[] {
  const all = [
    ...detection.findings,
    ...stores.flatMap(({ findings }) => findings),
    ...unreadable.flatMap(({ findings }) => findings),
    ...duplicates.map(({ finding }) => finding),
  ];
  return all.toSorted((a, b) => compare(a.place.path ?? "", b.place.path ?? ""));
}
