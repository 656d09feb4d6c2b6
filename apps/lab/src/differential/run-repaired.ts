import { execFileSync } from "node:child_process";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  damagedAtMs,
  type DamagedCase,
  listDamagedCases,
  makeTempDir,
  readDamagedCase,
} from "@sessionsmith/testkit";
import type { OpenedTranscript } from "./open-worker.ts";
import { recordsOf, sessionFiles, sessionsIn } from "./repaired-store.ts";
import type { Peer } from "./start-peer.ts";

const worker = fileURLToPath(new URL("../../dist/differential/open-worker.js", import.meta.url));
const dayMs = 86_400_000;
/** The moment of all runs on repaired stores. */
const repairedNow = damagedAtMs + dayMs;

/** What came of one repaired store. */
export interface RepairedResult {
  readonly name: string;
  /** Rows that the peer loads, as `<agent> <key>`. */
  readonly sessions: readonly string[];
  /** Records that the peer reads from each transcript that a row has, without headers. */
  readonly entries: Readonly<Record<string, number>>;
  /** One sentence for each thing that the peer sees otherwise. */
  readonly differences: readonly string[];
}

/** Puts down what a repair makes of each damaged store of the fixtures, lets the peer load its indexes and open its transcripts. */
export async function runRepaired(
  peer: Peer,
  { dir, node }: { readonly dir: string; readonly node: string },
): Promise<readonly RepairedResult[]> {
  const temp = makeTempDir();
  try {
    const stores = listDamagedCases().map((name) => ({
      ...readDamagedCase(name),
      stateDir: join(temp.path, name),
    }));
    for (const store of stores) writeRepaired(store, store.stateDir);
    const results: RepairedResult[] = [];
    const opened = openAll(
      { dir, node },
      stores.flatMap(({ after, stateDir }) => sessionFiles(after).map((path) => join(stateDir, path))),
    );
    for (const store of stores) {
      // oxlint-disable-next-line no-await-in-loop -- one store after the other
      results.push(await compareStore(store, peer, opened));
    }
    return results;
  } finally {
    temp.dispose();
  }
}

async function compareStore(
  { name, after, stateDir }: DamagedCase & { readonly stateDir: string },
  peer: Peer,
  opened: ReadonlyMap<string, OpenedTranscript>,
): Promise<RepairedResult> {
  const ours = sessionsIn(after);
  const theirs = await sessionsOf(peer, stateDir);
  const seen = sessionFiles(after).map((path) => [path, opened.get(join(stateDir, path))] as const);
  return {
    name,
    sessions: theirs,
    entries: Object.fromEntries(seen.map(([path, found]) => [path, found?.entries ?? 0])),
    differences: [
      ...compareSessions(ours, theirs),
      ...seen.flatMap(([path, found]) => compareTranscript(path, after[path], found)),
    ],
  };
}

/** Writes a repaired store, and settings with all its agents and no limit that would let a session go. */
function writeRepaired({ after }: DamagedCase, stateDir: string): void {
  const agents = [...new Set(Object.keys(after).map((path) => path.split("/")[1] ?? ""))];
  const settings = {
    agents: { list: agents.map((id, n) => ({ id, default: n === 0 })) },
    session: { maintenance: { mode: "warn", pruneAfter: "36500d", maxEntries: 5000 } },
  };
  for (const [path, bytes] of Object.entries({ ...after, "openclaw.json": JSON.stringify(settings) })) {
    const file = join(stateDir, path);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, bytes, { mode: 0o600 });
    utimesSync(file, damagedAtMs / 1000, damagedAtMs / 1000);
  }
}

function openAll(
  { dir, node }: { readonly dir: string; readonly node: string },
  paths: readonly string[],
): ReadonlyMap<string, OpenedTranscript> {
  const home = makeTempDir();
  try {
    const env = { HOME: home.path, OPENCLAW_STATE_DIR: home.path };
    const text = execFileSync(node, [worker, dir, ...paths], { env, encoding: "utf8", timeout: 300_000 });
    const opened = text
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line): OpenedTranscript => JSON.parse(line));
    return new Map(opened.map((one) => [one.path, one]));
  } finally {
    home.dispose();
  }
}

/** The keys of all rows that the peer loads; a preview of its cleanup looks at each. */
async function sessionsOf(peer: Peer, stateDir: string): Promise<readonly string[]> {
  const options = { allAgents: true, dryRun: true };
  const answer = await peer.ask({ stateDir, now: repairedNow, options });
  if (answer.state !== "done") throw new Error(`the peer loads no store: ${JSON.stringify(answer)}`);
  return answer.stores
    .flatMap(({ storePath, actions }) => {
      const agentId = basename(dirname(dirname(storePath)));
      return Object.keys(actions).map((key) => `${agentId} ${key}`);
    })
    .toSorted();
}

function compareSessions(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  return [
    ...ours.filter((one) => !theirs.includes(one)).map((one) => `the peer does not load ${one}`),
    ...theirs.filter((one) => !ours.includes(one)).map((one) => `only the peer loads ${one}`),
  ];
}

/** A transcript of an early version is brought up to date when it is opened; its records stay. */
function compareTranscript(
  path: string,
  bytes: Buffer | undefined,
  found: OpenedTranscript | undefined,
): readonly string[] {
  if (found === undefined || bytes === undefined) return [`the peer did not open ${path}`];
  const [header, ...records] = recordsOf(bytes);
  const isCurrent = header?.["version"] === 3;
  return [
    ...(found.sessionId === header?.["id"] ? [] : [`${path} is session ${found.sessionId} for the peer`]),
    ...(found.entries === records.length
      ? []
      : [`the peer reads ${found.entries} of ${records.length} records of ${path}`]),
    ...(found.untouched || !isCurrent ? [] : [`the peer has written to ${path}`]),
  ];
}
