import { join, resolve } from "node:path";
import { StoreError } from "@sessionsmith/core";
import { scanForChange } from "../change/scan-for-change.ts";
import { sessionRow } from "../storage/session-row.ts";
import { storageScope } from "../storage/storage-scope.ts";
import { transcriptOf } from "../storage/transcript-file.ts";
import { bundleName, bundlesDir } from "../trajectory/trajectory-bundle.ts";
import { writeTrajectory } from "../trajectory/write-trajectory.ts";
import { type ManagerCore, requireSession, viewOf } from "./manager-core.ts";

/** Where the bundle of a session goes. */
export interface TrajectoryQuery {
  /** It lies in `.openclaw/trajectory-exports` of this directory. Default: the current directory. */
  readonly workspaceDir?: string;
  /** Name of the new directory: letters, digits, `.`, `_` and `-`. Default: one made of the session id and the time. */
  readonly name?: string;
}

/** A bundle that was written. */
export interface ExportedTrajectory {
  /** Absolute path of the new directory. */
  readonly outputDir: string;
  /** The same from the workspace on. */
  readonly displayPath: string;
  readonly eventCount: number;
}

/** Names may come from a chat: one directory of its own, never a path, and never hidden. */
const goodName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Writes the bundle of a session; see `SessionManager.exportTrajectory`. */
export async function exportTrajectory(
  core: ManagerCore,
  sessionId: string,
  { workspaceDir = ".", name }: TrajectoryQuery,
): Promise<ExportedTrajectory> {
  const { host } = core;
  const row = await requireSession(core, sessionId);
  if (!core.inFiles)
    throw notPossible(
      "Sessions in a database have no trajectory",
      "`sessionsmith convert` makes files of it.",
    );
  if ((await viewOf(core, row)).encrypted)
    throw notPossible("The session is encrypted, and a bundle is not", "`sessionsmith decrypt` comes first.");
  const workspace = resolve(host.cwd, workspaceDir);
  const now = host.clock.now();
  const chosen = name ?? bundleName(sessionId, now);
  requireName(core, workspace, chosen);
  const { store } = await core.storage();
  const scope = storageScope(host, store.path);
  const snapshot = scanForChange(scope, now);
  const file = transcriptOf(snapshot, sessionRow(snapshot, { key: row.key, sessionId }), sessionId);
  if (file.fact === undefined)
    throw notPossible("The session has no messages yet", "One begins with the first message.");
  const { outputDir, displayPath, bundle } = writeTrajectory(host, {
    transcript: join(snapshot.realDir, file.name),
    sessionId,
    sessionKey: row.key,
    workspaceDir: workspace,
    stateDir: scope.stateDir,
    now,
    names: [chosen],
  });
  return { outputDir, displayPath, eventCount: bundle.eventCount };
}

function requireName({ host }: ManagerCore, workspaceDir: string, name: string): void {
  if (!goodName.test(name))
    throw new StoreError(
      "E_USAGE",
      `${JSON.stringify(name)} is no name for a bundle: letters, digits, ".", "_" and "-", 100 at most.`,
    );
  if (host.fs.lstat(join(bundlesDir(workspaceDir), name)) === undefined) return;
  throw new StoreError("E_USAGE", `There is a bundle of the name ${name} already.`, {
    hint: "Give another name.",
  });
}

function notPossible(what: string, hint: string): StoreError {
  return new StoreError("E_USAGE", `${what}. Nothing was written.`, { hint });
}
