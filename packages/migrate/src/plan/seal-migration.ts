import {
  type Host,
  type Plan,
  planSchemaVersion,
  type PlanStore,
  sealPlan,
  type Step,
} from "@sessionsmith/core";
import type { LegacyDetection } from "../legacy-source.ts";
import type { MigrationOrder } from "../migration-request.ts";
import { backupFolder, backupSteps, originalsOf } from "./backup-steps.ts";
import type { DuplicateSession } from "./drop-duplicates.ts";
import { type MovedOriginals, moveOriginals } from "./move-steps.ts";
import { nameIn, type StoreShare } from "./place-all.ts";
import { isPending } from "./placed-session.ts";
import { planStorePart } from "./plan-store-part.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** All that a migration decided. */
export interface Share {
  readonly stores: readonly StoreShare[];
  readonly unreadable: readonly SurveyedSession[];
  readonly duplicates: readonly DuplicateSession[];
}

/** Makes one plan of it: copies first, then transcripts and rows of each store, and at last the originals that leave. */
export function sealMigration(host: Pick<Host, "fs">, share: Share, order: MigrationOrder): Plan {
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
  const pending = stores.flatMap(({ placed }) => placed.filter(isPending));
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
  const brokenPaths = new Set([
    ...broken.map(({ place }) => place.path),
    ...unreadable.map(({ source }) => source.path),
  ]);
  const whole = [...placed, ...duplicates.map(({ session }) => session)]
    .flatMap(({ file }) => (file === undefined ? [] : [file.path]))
    .filter((path) => !brokenPaths.has(path));
  const isAll = brokenPaths.size === 0;
  const nameOf = (path: string) => nameIn(detection.root, path);
  const place = { store, folder: backupFolder(detection.root), nameOf };
  return moveOriginals(host.fs, { whole, others: isAll ? indexesOf(detection) : [] }, place);
}

function indexesOf({ files }: LegacyDetection): readonly string[] {
  return files.filter(({ role }) => role === "index" || role === "map").map(({ path }) => path);
}
