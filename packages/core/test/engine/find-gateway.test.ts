import { expect, test } from "vitest";
import { findGateway } from "../../src/engine.ts";
import { finding } from "../../src/findings/finding.ts";
import type { StoreTarget } from "../../src/layout/store-target.ts";

const realDir = "/state/agents/main/sessions";
const target: StoreTarget = {
  indexPath: `${realDir}/sessions.json`,
  sessionsDir: realDir,
  agentId: "main",
  origin: "configured",
  shared: false,
};
const lock = finding("transcript-lock-live", { path: `${realDir}/s1.jsonl.lock` });

interface Case {
  readonly origin?: StoreTarget["origin"];
  readonly stateDir?: string;
  readonly locked?: boolean;
  readonly answers?: number;
  readonly env?: Readonly<Record<string, string>>;
}

function find({ origin = "configured", stateDir = "/state", locked = false, answers, env = {} }: Case) {
  const fs = { realpath: (path: string) => (path === "/gone" ? undefined : path) };
  const probe = (port: number, timeoutMs: number) => Promise.resolve(port === answers && timeoutMs === 200);
  const snapshot = { realDir, target: { ...target, origin }, findings: locked ? [lock] : [] };
  return findGateway({ env, fs }, snapshot, { stateDir, port: 18_789, probe });
}

const onPort = (port: number) => ({ sign: "port", port });
const onLock = { sign: "transcript-lock", path: `${realDir}/s1.jsonl.lock` };

test.each<[string, Case, object | undefined]>([
  ["nothing answers, nothing is locked", {}, undefined],
  ["the configured port answers", { answers: 18_789 }, onPort(18_789)],
  ["the port of the environment wins", { answers: 5, env: { OPENCLAW_GATEWAY_PORT: " 5 " } }, onPort(5)],
  [
    "only the port of the environment counts",
    { answers: 18_789, env: { OPENCLAW_GATEWAY_PORT: "5" } },
    undefined,
  ],
  [
    "what is no port is passed over",
    { answers: 18_789, env: { OPENCLAW_GATEWAY_PORT: "x" } },
    onPort(18_789),
  ],
  [
    "a port too high is passed over",
    { answers: 18_789, env: { OPENCLAW_GATEWAY_PORT: "70000" } },
    onPort(18_789),
  ],
  ["a transcript is locked", { locked: true }, onLock],
  [
    "a store named by its path, inside the state directory",
    { origin: "store-flag", answers: 18_789 },
    onPort(18_789),
  ],
  [
    "a copy elsewhere is nobody's",
    { origin: "store-flag", stateDir: "/sta", answers: 18_789, locked: true },
    undefined,
  ],
  ["no state directory at all", { origin: "store-flag", stateDir: "/gone", answers: 18_789 }, undefined],
  ["a store that the settings put elsewhere", { stateDir: "/other", answers: 18_789 }, onPort(18_789)],
])("%s", async (_name, given, found) => {
  expect(await find(given)).toEqual(found);
});
