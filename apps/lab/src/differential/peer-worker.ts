// Started with IPC under a Node that OpenClaw 2026.5.28 accepts: loads the cleanup of the installed OpenClaw in argv[2] once, and
// then answers one PeerQuestion at a time. Its own process, because it sets the clock and the environment of the peer.
import { openPeerChunks } from "./peer-chunks.ts";

/** A state directory, and what to do to it. */
export interface PeerQuestion {
  readonly stateDir: string;
  /** Epoch ms that the peer takes for the present. */
  readonly now: number;
  /** Options of its cleanup: dryRun, enforce, fixMissing, fixDmScope, activeKey, store, agent, allAgents. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What the peer said. The first message of a worker is a `ready`. */
export type PeerAnswer =
  | { readonly state: "ready" }
  | { readonly state: "done"; readonly stores: readonly PeerStore[] }
  | { readonly state: "refused"; readonly why: string };

/** One store: what its preview says of each row. */
export interface PeerStore {
  readonly storePath: string;
  readonly actions: Readonly<Record<string, string>>;
}

interface Preview {
  readonly summary: { readonly storePath: string };
  readonly beforeStore: Readonly<Record<string, unknown>>;
  readonly missingKeys: ReadonlySet<string>;
  readonly dmScopeRetiredKeys: ReadonlySet<string>;
  readonly staleKeys: ReadonlySet<string>;
  readonly cappedKeys: ReadonlySet<string>;
  readonly budgetEvictedKeys: ReadonlySet<string>;
}

const [, , peerDir = ""] = process.argv;
const findExport = openPeerChunks(peerDir);
const runCleanup = await findExport("runSessionsCleanup");
const getConfig = await findExport("getRuntimeConfig");
const forgetConfig = await findExport("clearRuntimeConfigSnapshot");

process.on("message", (question: PeerQuestion) => {
  void answer(question).then(send);
});
send({ state: "ready" });

async function answer({ stateDir, now, options }: PeerQuestion): Promise<PeerAnswer> {
  Object.assign(process.env, { HOME: stateDir, OPENCLAW_STATE_DIR: stateDir });
  Date.now = () => now;
  forgetConfig();
  try {
    const result: unknown = await runCleanup({ cfg: getConfig(), opts: options });
    return { state: "done", stores: previewsOf(result).map(readPreview) };
  } catch (error) {
    return { state: "refused", why: error instanceof Error ? error.message : String(error) };
  }
}

function previewsOf(result: unknown): readonly Preview[] {
  if (hasPreviews(result)) return result.previewResults;
  throw new Error("the cleanup of the peer answered something else");
}

function hasPreviews(result: unknown): result is { readonly previewResults: readonly Preview[] } {
  return typeof result === "object" && result !== null && "previewResults" in result;
}

function readPreview(preview: Preview): PeerStore {
  const actions: readonly (readonly [string, ReadonlySet<string>])[] = [
    ["prune-missing", preview.missingKeys],
    ["retire-dm-scope", preview.dmScopeRetiredKeys],
    ["prune-stale", preview.staleKeys],
    ["cap-overflow", preview.cappedKeys],
    ["evict-budget", preview.budgetEvictedKeys],
  ];
  const actionOf = (key: string): string => actions.find(([, keys]) => keys.has(key))?.[0] ?? "keep";
  const keys = Object.keys(preview.beforeStore);
  return {
    storePath: preview.summary.storePath,
    actions: Object.fromEntries(keys.map((key) => [key, actionOf(key)])),
  };
}

function send(message: PeerAnswer): void {
  process.send?.(message);
}
