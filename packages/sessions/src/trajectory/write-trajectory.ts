import { isAbsolute, join, relative } from "node:path";
import type { Host } from "@sessionsmith/core";
import { type EngineHost, writeOutputDir } from "@sessionsmith/core/engine";
import type { NamedDirs } from "./clean-for-support.ts";
import {
  type BundleSource,
  bundleName,
  bundlesDir,
  trajectoryBundle,
  type TrajectoryBundle,
} from "./trajectory-bundle.ts";

/** Whose bundle is written, and where. */
export interface TrajectoryOrder extends Omit<BundleSource, "dirs" | "trajectoryDir"> {
  /** The state directory of the store, absolute. */
  readonly stateDir: string;
  /** The names that lead from the directory of the bundles to the new one; default: one made of the session id and the time. */
  readonly names?: readonly string[];
}

/** A bundle that was written. */
export interface WrittenTrajectory {
  /** Absolute path of the new directory. */
  readonly outputDir: string;
  /** The same from the workspace on. */
  readonly displayPath: string;
  readonly bundle: TrajectoryBundle;
}

/**
 * Writes the bundle of a session into `.openclaw/trajectory-exports` of a workspace.
 * @throws StoreError as `trajectoryBundle` and `writeOutputDir` of core do
 */
export function writeTrajectory(host: EngineHost, order: TrajectoryOrder): WrittenTrajectory {
  const { workspaceDir, stateDir, sessionId, now } = order;
  const bundle = trajectoryBundle(host.fs, {
    ...order,
    dirs: namedDirs(host, workspaceDir, stateDir),
    trajectoryDir: trajectoryDirOf(host),
  });
  const below = relative(workspaceDir, bundlesDir(workspaceDir)).split(/[/\\]/);
  const names = [...below, ...(order.names ?? [bundleName(sessionId, now)])];
  const outputDir = writeOutputDir(host, { root: workspaceDir, names, files: bundle.files });
  return { outputDir, displayPath: relative(workspaceDir, outputDir), bundle };
}

/** The longest first: a workspace may lie in the home directory. */
function namedDirs(host: Host, workspaceDir: string, stateDir: string): NamedDirs {
  const dirs = [
    [workspaceDir, "$WORKSPACE_DIR"],
    [stateDir, "$OPENCLAW_STATE_DIR"],
    [host.env["HOME"] ?? host.homeDir, "~"],
  ] as const;
  return dirs.toSorted(([a], [b]) => b.length - a.length);
}

function trajectoryDirOf({ env, cwd }: Host): string | undefined {
  const given = env["OPENCLAW_TRAJECTORY_DIR"]?.trim() ?? "";
  return given === "" ? undefined : join(cwd, isAbsolute(given) ? relative(cwd, given) : given);
}
