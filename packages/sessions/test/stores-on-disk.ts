import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type Host,
  nodeHost,
  type ReadFs,
  readSettings,
  type SessionSettings,
  type StoreTarget,
} from "@sessionsmith/core";
import { makeTempDir } from "@sessionsmith/testkit";
import { onTestFinished } from "vitest";
import type { ListQuery } from "../src/list-query.ts";

/** The moment that the queries of these tests judge by. */
export const now = 1_800_000_000_000;

/** Everything, at {@link now}. */
export const everything: ListQuery = {
  now,
  limit: "all",
  offset: 0,
  allAgents: false,
  includeGlobal: true,
  includeUnknown: true,
  titles: false,
  previews: false,
};

/** Stores of a state directory of one test. */
export interface StoresOnDisk {
  readonly host: Host;
  readonly settings: SessionSettings;
  /** A target for every agent that was given, in that order. */
  readonly targets: readonly StoreTarget[];
}

/** What an agent's sessions directory holds: text by file name. */
export type SessionFiles = Readonly<Record<string, string>>;

/** Writes stores to a temporary directory that lasts as long as the test. An agent without files gets no directory. */
export function storesOnDisk(agents: Readonly<Record<string, SessionFiles>>, config = "{}"): StoresOnDisk {
  const temp = makeTempDir();
  onTestFinished(temp.dispose);
  const targets: StoreTarget[] = [];
  for (const [agentId, files] of Object.entries(agents)) {
    const indexPath = join(temp.path, "agents", agentId, "sessions", "sessions.json");
    const sessionsDir = dirname(indexPath);
    if (Object.keys(files).length > 0) mkdirSync(sessionsDir, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(sessionsDir, name), text);
    targets.push({ indexPath, sessionsDir, agentId, origin: "configured", shared: false });
  }
  const configPath = join(temp.path, "openclaw.json");
  writeFileSync(configPath, config);
  const host = nodeHost();
  return { host, settings: readSettings(host, configPath), targets };
}

/** One store of agent main. */
export function storeOnDisk(index: string | object, files: SessionFiles = {}, config = "{}"): StoresOnDisk {
  const text = typeof index === "string" ? index : JSON.stringify(index, null, 2);
  return storesOnDisk({ main: { "sessions.json": text, ...files } }, config);
}

/** The same stores, read through another file system. */
export function withFs(stores: StoresOnDisk, change: Partial<ReadFs>): StoresOnDisk {
  const { clock, ids, processes, fs } = stores.host;
  const host = { fs: { ...fs, ...change }, clock, ids, env: {}, processes, homeDir: "/", cwd: "/" };
  return { ...stores, host };
}
