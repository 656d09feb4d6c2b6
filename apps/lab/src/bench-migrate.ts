import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { nodeHost } from "@sessionsmith/core";
import type { StoreTarget } from "@sessionsmith/core";
import { applyPlan, nodeEngineHost } from "@sessionsmith/core/engine";
import { migrationRecipes as recipes, planMigration } from "@sessionsmith/migrate";
import { makeTempDir } from "@sessionsmith/testkit";
import { messagesPerFile, writeLegacySessions } from "./legacy-sessions.ts";
import { measuredMedians, renderTimes } from "./measure.ts";

const rounds = 3;

/**
 * Times a migration of legacy files of 50 messages, with its copy of the originals, against reading and parsing as many files, and
 * writing and syncing the same bytes.
 */
export async function benchMigrate(count: number): Promise<string> {
  const temp = makeTempDir();
  try {
    const workspace = join(temp.path, "space");
    const legacy = writeLegacySessions(workspace, count);
    // Nothing is deleted meanwhile: ext4 passes over every inode that was freed in the last seconds, one by one, for each new file.
    let dirs = 0;
    const nextDir = () => join(temp.path, `out-${(dirs += 1)}`);
    const times = await measuredMedians(rounds, {
      "read, parse, write, sync": () => copyAll(legacy, nextDir()),
      migrate: () => migrateAll(workspace, nextDir()),
    });
    const title = `migrating ${count} files of ${messagesPerFile} messages, median of ${rounds} interleaved rounds`;
    return [title, ...renderTimes(times, "read, parse, write, sync")].join("\n");
  } finally {
    temp.dispose();
  }
}

function copyAll(from: string, to: string): number {
  mkdirSync(to);
  const start = performance.now();
  for (const name of readdirSync(from).filter((file) => file.endsWith(".json"))) {
    const bytes = readFileSync(join(from, name));
    JSON.parse(bytes.toString("utf8"));
    const descriptor = openSync(join(to, name), "wx");
    writeFileSync(descriptor, bytes);
    fsyncSync(descriptor);
    closeSync(descriptor);
  }
  return performance.now() - start;
}

async function migrateAll(workspace: string, sessionsDir: string): Promise<number> {
  const host = nodeEngineHost(nodeHost());
  const indexPath = join(sessionsDir, "sessions.json");
  const target: StoreTarget = {
    indexPath,
    sessionsDir,
    agentId: "main",
    origin: "store-flag",
    shared: false,
  };
  const replan = () => planMigration(host, { workspace, storeOf: () => target }).plan;
  mkdirSync(sessionsDir);
  writeFileSync(indexPath, "{}");
  const start = performance.now();
  await applyPlan(host, replan(), { recipes, replan });
  return performance.now() - start;
}
