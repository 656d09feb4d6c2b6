import { relative, sep } from "node:path";
import {
  type Finding,
  type Host,
  type Plan,
  planSchemaVersion,
  type PlanStore,
  type Recipes,
  sealPlan,
  type Step,
} from "@sessionsmith/core";
import { tarRecipe, tarRecipeName } from "./content/tar-recipe.ts";
import { transcriptRecipe, transcriptRecipeName } from "./content/transcript-recipe.ts";
import { wantedKeys } from "./keys/wanted-keys.ts";
import { groupBy } from "./group-by.ts";
import type { LegacyDetection } from "./legacy-source.ts";
import type { MigratedSession } from "./migrated-session.ts";
import { type MigrationOrder, migrationOrder, type MigrationRequest } from "./migration-request.ts";
import { backupFolder, backupSteps, originalsOf } from "./plan/backup-steps.ts";
import { dropDuplicates, type DuplicateSession } from "./plan/drop-duplicates.ts";
import { type MovedOriginals, moveOriginals } from "./plan/move-steps.ts";
import { type MigrationTarget, readTarget } from "./plan/migration-target.ts";
import { placeInStore, type SessionRequest } from "./plan/place-in-store.ts";
import { isPending, type PlacedSession } from "./plan/placed-session.ts";
import { planStorePart } from "./plan/plan-store-part.ts";
import { surveySession } from "./plan/survey-session.ts";
import type { SurveyedSession } from "./plan/surveyed-session.ts";

/** A migration that was planned and not yet done. */
export interface PlannedMigration {
  readonly detection: LegacyDetection;
  /** One operation over all the stores; without steps if everything is there already. */
  readonly plan: Plan;
  /** What becomes of each session, in order of their files. */
  readonly sessions: readonly MigratedSession[];
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
  const { detection, naiveZone, onProgress } = order;
  const surveyed = detection.sources.map((source, n) => {
    const session = surveySession(host.fs, source, { naiveZone });
    onProgress?.(n + 1, detection.sources.length);
    return session;
  });
  const { sessions, duplicates } = dropDuplicates(host.fs, surveyed, naiveZone);
  const unreadable = sessions.filter((session) => session.unreadable);
  const stores = placeAll(host, sessions, order);
  const placed = stores.flatMap((store) => store.placed);
  return {
    detection,
    plan: sealMigration(host, { stores, unreadable, duplicates }, order),
    sessions: inFileOrder([
      ...stores.flatMap(({ placed: own, target }) => own.map((one) => placedResult(one, target))),
      ...unreadable.map((session) => leftResult(session, "left")),
      ...duplicates.map(({ session }) => leftResult(session, "duplicate")),
    ]),
    findings: allFindings(detection, { placed, unreadable, duplicates }),
  };
}

interface StoreShare {
  readonly target: MigrationTarget;
  readonly placed: readonly PlacedSession[];
}

/** The sessions by the stores that they belong in; agents may share one. */
function placeAll(
  host: Pick<Host, "fs">,
  sessions: readonly SurveyedSession[],
  { agentId, mainKey, detection, storeOf }: MigrationOrder,
): readonly StoreShare[] {
  const requests: readonly SessionRequest[] = sessions
    .filter(({ unreadable }) => !unreadable)
    .map((session) => ({
      session,
      name: nameIn(detection.root, session.source.path),
      wanted: wantedKeys(session, { agentId, mainKey }),
    }));
  const byStore = groupBy(requests, ({ wanted }) => storeOf(wanted.agentId).indexPath);
  return [...byStore.values()].flatMap((own) => {
    const agent = own[0]?.wanted.agentId;
    if (agent === undefined) return [];
    const target = readTarget(host, storeOf(agent));
    const rules = { agentId: target.store.agentId, mainKey };
    return [{ target, placed: placeInStore(host.fs, own, { target, rules }) }];
  });
}

/** The path of a file below what is migrated, with `/`. */
function nameIn(root: string, path: string): string {
  return relative(root, path).replaceAll(sep, "/");
}

interface Share {
  readonly stores: readonly StoreShare[];
  readonly unreadable: readonly SurveyedSession[];
  readonly duplicates: readonly DuplicateSession[];
}

function sealMigration(host: Pick<Host, "fs">, share: Share, order: MigrationOrder): Plan {
  const { agentId, detection, naiveZone, backup, move, createdAt } = order;
  const parts = share.stores.map(({ target, placed }) =>
    planStorePart(target, placed, { naiveZone, cwd: detection.root }),
  );
  const copies = copyOriginals(host, share.stores, order);
  const first = parts.find(({ steps }) => steps.length > 0) ?? parts[0];
  const moved = move && first !== undefined ? moveWhole(host, share, { order, store: first.store }) : noMoves;
  return sealPlan({
    schemaVersion: planSchemaVersion,
    command: "migrate",
    createdAt,
    now: createdAt,
    policy: { path: detection.path, agentId, naiveZone, backup, move },
    parts: parts.map((part) =>
      part === first
        ? { ...part, files: moved.files, steps: [...copies, ...part.steps, ...moved.steps] }
        : part,
    ),
  });
}

const noMoves: MovedOriginals = { steps: [], files: [] };

function copyOriginals(
  host: Pick<Host, "fs">,
  stores: readonly StoreShare[],
  { detection, backup }: MigrationOrder,
): readonly Step[] {
  const pending = stores.flatMap(({ placed }) => placed.filter(isPending)).map(({ session }) => session);
  if (pending.length === 0 || backup === "none") return [];
  const nameOf = (path: string) => nameIn(detection.root, path);
  const originals = originalsOf(host.fs, pending, { others: indexesOf(detection), nameOf });
  return backupSteps(originals, { folder: backupFolder(detection.root), kind: backup });
}

/** Of a file with an error something is nowhere else; an index or a map goes with the last session. */
function moveWhole(
  host: Pick<Host, "fs">,
  { stores, unreadable, duplicates }: Share,
  { order, store }: { readonly order: MigrationOrder; readonly store: PlanStore },
): MovedOriginals {
  const { detection } = order;
  const placed = stores.flatMap((one) => one.placed);
  const broken = [...detection.findings, ...placed.flatMap(({ findings }) => findings)].filter(
    ({ severity }) => severity === "error",
  );
  const brokenPaths = new Set(broken.map(({ place }) => place.path));
  const whole = [...placed, ...duplicates]
    .map(({ session }) => session)
    .filter(({ source }) => !brokenPaths.has(source.path));
  const isAll = unreadable.length === 0 && brokenPaths.size === 0;
  const nameOf = (path: string) => nameIn(detection.root, path);
  const place = { store, folder: backupFolder(detection.root), nameOf };
  return moveOriginals(host.fs, { whole, others: isAll ? indexesOf(detection) : [] }, place);
}

function indexesOf({ files }: LegacyDetection): readonly string[] {
  return files.filter(({ role }) => role === "index" || role === "map").map(({ path }) => path);
}

function placedResult(one: PlacedSession, { store }: MigrationTarget): MigratedSession {
  const { session, place, keys, wanted } = one;
  if (place.state === "changed") return leftResult(session, "left");
  return {
    ...leftResult(session, isPending(one) ? "migrate" : "there"),
    agentId: wanted.agentId,
    storePath: store.indexPath,
    sessionId: place.sessionId,
    keys,
    keyOrigin: wanted.origin,
    transcript: place.transcript,
  };
}

function leftResult(
  { source, survey, times }: SurveyedSession,
  outcome: MigratedSession["outcome"],
): MigratedSession {
  return {
    path: source.path,
    dialect: source.dialect,
    legacyId: source.id,
    outcome,
    agentId: undefined,
    storePath: undefined,
    sessionId: undefined,
    keys: [],
    keyOrigin: undefined,
    transcript: undefined,
    messages: survey.messages,
    updatedAt: times.updatedAt,
    updatedFrom: times.updatedFrom,
  };
}

function inFileOrder(sessions: readonly MigratedSession[]): readonly MigratedSession[] {
  return sessions.toSorted((a, b) => compare(a.path, b.path) || compare(a.legacyId, b.legacyId));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function allFindings(
  detection: LegacyDetection,
  found: {
    readonly placed: readonly PlacedSession[];
    readonly unreadable: readonly SurveyedSession[];
    readonly duplicates: readonly DuplicateSession[];
  },
): readonly Finding[] {
  const all = [
    ...detection.findings,
    ...found.placed.flatMap(({ findings }) => findings),
    ...found.unreadable.flatMap(({ findings }) => findings),
    ...found.duplicates.map(({ finding }) => finding),
  ];
  return all.toSorted((a, b) => compare(a.place.path ?? "", b.place.path ?? ""));
}
