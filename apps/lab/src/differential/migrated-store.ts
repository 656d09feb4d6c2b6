import { cpSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fixturesDir, makeTempDir } from "@sessionsmith/testkit";
import { runAt } from "./run-at.ts";

/** The moment of all runs on migrated stores: 2026-11-21T20:00:00Z. */
export const migratedNow = 1_795_291_200_000;

/** The last change of every legacy file, in seconds; some stores say nothing of their times. */
const changedAt = 1_795_200_000;

/** Two agents, and no session so old that it goes for that. */
const settings = {
  agents: { list: [{ id: "main", default: true }, { id: "work" }] },
  session: { maintenance: { mode: "enforce", pruneAfter: "36500d", maxEntries: 5000 } },
};

const casesDir = join(fixturesDir, "legacy");

/** Names of the legacy stores, sorted. */
export const migratedCases: readonly string[] = readdirSync(casesDir).toSorted();

/** Lets the built command migrate a legacy store, and hands its state directory to a callback. */
export async function withMigratedStore<T>(name: string, use: (stateDir: string) => Promise<T>): Promise<T> {
  const place = makeTempDir();
  try {
    const stateDir = join(place.path, "state");
    const source = name === "agent-dir-l3" ? stateDir : join(place.path, "space");
    mkdirSync(stateDir);
    cpSync(join(casesDir, name, "before"), source, { recursive: true });
    setTimes(source);
    writeFileSync(join(stateDir, "openclaw.json"), JSON.stringify(settings));
    const { status, stderr } = await runAt(migratedNow, stateDir, ["migrate", source, "--json"]);
    if (status !== 0 && status !== 3)
      throw new Error(`the migration of ${name} ended with ${status}: ${stderr}`);
    return await use(stateDir);
  } finally {
    place.dispose();
  }
}

function setTimes(dir: string): void {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), changedAt, changedAt);
}

/** What a migrated store holds of a session. */
export interface SessionContent {
  /** Records of its transcript that are a message for OpenClaw; none if there is no transcript. */
  readonly messages: number;
  /** Whether its row carries data of Sessionsmith. */
  readonly isManaged: boolean;
}

/** Looks up what the sessions directory of an agent holds of a session. */
export function contentOf(dir: string, key: string, sessionId: string): SessionContent {
  const index: Readonly<Record<string, object>> = JSON.parse(
    readFileSync(join(dir, "sessions.json"), "utf8"),
  );
  // A flat store names some transcripts otherwise than their session.
  const names = readdirSync(dir).filter((name) => name.startsWith(sessionId) && name.endsWith(".jsonl"));
  const lines = names.flatMap((name) => readFileSync(join(dir, name), "utf8").split("\n"));
  const messages = lines.filter((line) => line !== "" && JSON.parse(line).type === "message").length;
  return { messages, isManaged: "pluginExtensions" in (index[key] ?? {}) };
}
