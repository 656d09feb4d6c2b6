import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { nodeHost } from "@sessionsmith/core";
import type { StoreTarget } from "@sessionsmith/core";
import { applyPlan, nodeEngineHost } from "@sessionsmith/core/engine";
import { migrationRecipes as recipes, planMigration } from "@sessionsmith/migrate";
import { makeTempDir } from "@sessionsmith/testkit";
import { measuredMedians, renderTimes } from "./measure.ts";

const rounds = 3;
const messagesPerFile = 50;

/**
 * Times a migration of legacy files of 50 messages, with its copy of the originals, against reading and parsing as many files, and
 * writing and syncing the same bytes.
 */
export async function benchMigrate(count: number): Promise<string> {
  const temp = makeTempDir();
  try {
    const workspace = join(temp.path, "space");
    const legacy = join(workspace, ".sessions");
    mkdirSync(legacy, { recursive: true });
    for (let n = 0; n < count; n += 1) writeFileSync(join(legacy, `session-${n}.json`), legacyText(n));
    // Nothing is deleted meanwhile: ext4 passes over every inode that was freed in the last seconds, one by one, for each new file.
    let dirs = 0;
    const nextDir = () => join(temp.path, `out-${(dirs += 1)}`);
    const times = await measuredMedians(rounds, {
      "read, parse, write, sync": () => copyAll(legacy, nextDir()),
      migrate: () => migrateAll(workspace, nextDir()),
    });
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    const title = `migrating ${count} files of ${messagesPerFile} messages, median of ${rounds} interleaved rounds`;
    const memory = `highest memory of the process: ${Math.round(peakBytes / 2 ** 20)} MiB`;
    return [title, ...renderTimes(times, "read, parse, write, sync"), memory].join("\n");
  } finally {
    temp.dispose();
  }
}

/** One session as openclaw-python writes it. */
function legacyText(n: number): string {
  const at = (message: number) =>
    new Date(1_780_000_000_000 + n * 1000 + message).toISOString().replace("Z", "000");
  const messages = Array.from({ length: messagesPerFile }, (_, message) => ({
    role: message % 2 === 0 ? "user" : "assistant",
    content: `message ${message} of session ${n}: ${"words and words ".repeat(10)}`,
    timestamp: at(message),
    tool_calls: null,
    tool_call_id: null,
    name: null,
    images: null,
  }));
  const times = { created_at: `${at(0)}+00:00`, updated_at: `${at(messagesPerFile)}+00:00` };
  return JSON.stringify({ session_id: `session-${n}`, messages, metadata: {}, ...times }, null, 2);
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
