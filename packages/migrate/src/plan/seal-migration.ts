import {
  type Host,
  joined,
  merged,
  type Plan,
  planSchemaVersion,
  type PlanStore,
  sealPlan,
  type Sequence,
  type Step,
} from "@sessionsmith/core";
import type { LegacyDetection } from "../legacy-source.ts";
import type { MigrationOrder } from "../migration-request.ts";
import { nameIn } from "../name-in.ts";
import { backupFolder, backupSteps, originalsOf } from "./backup-steps.ts";
import type { DuplicateSession } from "./find-duplicates.ts";
import { type MovedOriginals, moveOriginals } from "./move-steps.ts";
import type { PlacedStores, StoreShare } from "./place-all.ts";
import { isPending, type PlacedSession } from "./placed-session.ts";
import { planStorePart } from "./plan-store-part.ts";

/** All that a migration decided. */
export interface Share extends PlacedStores {
  readonly duplicates: readonly DuplicateSession[];
}

/** Makes one plan of it: copies first, then transcripts and rows of each store, and at last the originals that leave. */
export function sealMigration(host: Pick<Host, "fs">, share: Share, order: MigrationOrder): Plan {
  const { agentId, detection, naiveZone, backup, move, createdAt } = order;
  const parts = share.stores.map(({ target, placed }) =>
    planStorePart(target, placed, { naiveZone, cwd: detection.root }),
  );
  const working = parts.find(({ steps }) => steps.length > 0);
  const copies = working === undefined ? [] : copyOriginals(host, share.stores, order);
  const first = working ?? parts[0];
  const moved = move && first !== undefined ? moveWhole(host, share, { order, store: first.store }) : noMoves;
  return sealPlan({
    schemaVersion: planSchemaVersion,
    command: "migrate",
    createdAt,
    now: createdAt,
    policy: { path: detection.path, agentId, naiveZone, backup, move },
    parts: parts.map((part) =>
      part === first
        ? { ...part, files: moved.files, steps: joined([copies, part.steps, moved.steps]) }
        : part,
    ),
  });
}

const noMoves: MovedOriginals = { steps: [], files: [] };

function copyOriginals(
  host: Pick<Host, "fs">,
  stores: readonly StoreShare[],
  { detection, backup }: MigrationOrder,
): Sequence<Step> {
  if (backup === "none") return [];
  const placed = merged(
    stores.map((store) => store.placed),
    byFile,
  );
  const pending = { [Symbol.iterator]: () => onlyPending(placed) };
  const originals = originalsOf(host.fs, pending, indexesOf(detection));
  return backupSteps(originals, { root: detection.root, kind: backup });
}

function byFile(a: PlacedSession, b: PlacedSession): number {
  return a.migrated.path < b.migrated.path ? -1 : Number(a.migrated.path > b.migrated.path);
}

function* onlyPending(placed: Iterable<PlacedSession>): Generator<PlacedSession, void> {
  for (const one of placed) if (isPending(one)) yield one;
}

/** Of a file with an error something is nowhere else; an index or a map goes with the last session. */
function moveWhole(
  host: Pick<Host, "fs">,
  { stores, unreadable, duplicates }: Share,
  { order, store }: { readonly order: MigrationOrder; readonly store: PlanStore },
): MovedOriginals {
  const { detection } = order;
  const placed = joined(stores.map((one) => one.placed));
  const broken = [...detection.findings, ...stores.flatMap(({ findings }) => findings)].filter(
    ({ severity }) => severity === "error",
  );
  const brokenPaths = new Set([
    ...broken.map(({ place }) => place.path),
    ...unreadable.map(({ source }) => source.path),
  ]);
  const paths = [...placed.flatMap(pathOf), ...duplicates.flatMap(({ session }) => pathOf(session))];
  const whole = paths.filter((path) => !brokenPaths.has(path));
  const isAll = brokenPaths.size === 0;
  const nameOf = (path: string) => nameIn(detection.root, path);
  const place = { store, folder: backupFolder(detection.root), nameOf };
  return moveOriginals(host.fs, { whole, others: isAll ? indexesOf(detection) : [] }, place);
}

function pathOf({ file }: Pick<PlacedSession, "file">): readonly string[] {
  return file === undefined ? [] : [file.path];
}

function indexesOf({ files }: LegacyDetection): readonly string[] {
  return files.filter(({ role }) => role === "index" || role === "map").map(({ path }) => path);
}
