import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readSettings } from "../../src/layout/read-settings.ts";
import type { SessionSettings } from "../../src/layout/session-settings.ts";
import { testHost, writeTree } from "./test-host.ts";

let dir: TempDir;
beforeEach(() => {
  dir = makeTempDir();
});
afterEach(() => dir.dispose());

function read(settings: string | object): SessionSettings {
  const text = typeof settings === "string" ? settings : JSON.stringify(settings);
  writeTree(dir.path, { "openclaw.json": text });
  return readSettings(testHost(dir.path), join(dir.path, "openclaw.json"));
}

/** The findings as `id field`. */
function findingsOf(settings: string | object): readonly string[] {
  return read(settings).findings.map(({ id, place }) => `${id} ${place.field ?? ""}`);
}

const dayMs = 86_400_000;
const defaults = {
  scope: "per-sender",
  dmScope: "main",
  bindingDmScopes: [],
  identityLinks: [],
  leaseTtlSeconds: 3600,
  gatewayPort: 18_789,
  mainKey: "main",
  storeTemplate: undefined,
  agents: [{ id: "main", model: undefined, contextTokens: undefined }],
  defaultAgentId: "main",
  maintenance: {
    mode: "warn",
    pruneAfterMs: 30 * dayMs,
    maxEntries: 500,
    resetArchiveRetentionMs: 30 * dayMs,
    maxDiskBytes: null,
    highWaterBytes: null,
    rules: [],
  },
  findings: [],
};

describe("readSettings", () => {
  test("every default holds without a file, and with an empty one", () => {
    expect(readSettings(testHost(dir.path), undefined)).toEqual({ ...defaults, path: undefined });
    const path = join(dir.path, "openclaw.json");
    for (const text of ["{}", '{"session":{}}', '{"session":{"maintenance":{}},"agents":{},"bindings":[]}']) {
      expect(read(text)).toEqual({ ...defaults, path });
    }
  });

  test("reads what the recorded settings of a gateway say, and nothing of its other parts", () => {
    const settings = read({
      gateway: { port: 28790, auth: { token: "${TOKEN}" }, $include: "x" },
      agents: { list: [{ id: "main", default: true }, { id: "work" }] },
      session: {
        dmScope: "per-channel-peer",
        maintenance: { mode: "enforce", pruneAfter: "21d", maxEntries: 15 },
      },
    });
    expect(settings).toMatchObject({
      dmScope: "per-channel-peer",
      leaseTtlSeconds: 3600,
      gatewayPort: 28_790,
      agents: [{ id: "main" }, { id: "work" }],
      maintenance: {
        mode: "enforce",
        pruneAfterMs: 21 * dayMs,
        maxEntries: 15,
        resetArchiveRetentionMs: 21 * dayMs,
      },
      findings: [],
    });
  });

  test("reads the rest of session and the scopes of bindings in file order", () => {
    const settings = read(`{
      // JSON5, as people write it
      session: { scope: 'global', mainKey: ' home ', store: '~/s/{agentId}.json', identityLinks: { a: ['b'] },
        resetTriggers: ['/new'], idleMinutes: 5, reset: {}, resetByType: {}, resetByChannel: {}, sendPolicy: {},
        writeLock: {}, agentToAgent: {}, threadBindings: {} },
      bindings: [ { match: { x: '\${y}' }, session: { dmScope: 'per-peer' } }, { agentId: 'a' }, { session: { dmScope: 'main' } } ],
    }`);
    expect(settings).toMatchObject({
      scope: "global",
      mainKey: "home",
      storeTemplate: "~/s/{agentId}.json",
      bindingDmScopes: [
        { dmScope: "per-peer", agentId: null, channel: null },
        { dmScope: "main", agentId: null, channel: null },
      ],
      identityLinks: [{ name: "a", peers: ["b"] }],
      findings: [],
    });
  });

  test.each([
    [{ $include: "./base.json5" }, "settings-include $include"],
    [{ session: { $include: "x" } }, "settings-include session.$include"],
    [{ session: { maintenance: { $include: ["x"] } } }, "settings-include session.maintenance.$include"],
    [{ session: { reset: { deep: [{ $include: "x" }] } } }, "settings-include session.reset.deep.0.$include"],
    [{ agents: { $include: "x" } }, "settings-include agents.$include"],
    [{ agents: { defaults: { $include: "x" } } }, "settings-include agents.defaults.$include"],
    [{ agents: { list: [{ id: "a", $include: "x" }] } }, "settings-include agents.list[0].$include"],
    [{ bindings: [{ $include: "x" }] }, "settings-include bindings[0].$include"],
    [{ bindings: [{ session: { $include: "x" } }] }, "settings-include bindings[0].session.$include"],
    [{ session: { store: "${HOME}/s.json" } }, "settings-variable session.store"],
    [{ gateway: { port: "${PORT}" } }, "settings-variable gateway.port"],
    [{ gateway: { port: 0 } }, "settings-invalid-value gateway.port"],
    [{ gateway: { port: 65_536 } }, "settings-invalid-value gateway.port"],
    [{ session: { dmScope: "${SCOPE}" } }, "settings-variable session.dmScope"],
    [{ session: { identityLinks: { a: ["${PEER}"] } } }, "settings-variable session.identityLinks.a.0"],
    [
      { session: { maintenance: { pruneAfter: "${AGE}" } } },
      "settings-variable session.maintenance.pruneAfter",
    ],
    [{ agents: { list: [{ id: "${ID}" }] } }, "settings-variable agents.list[0].id"],
    [{ session: { dmscope: "main" } }, "settings-unknown-key session.dmscope"],
    [
      { session: { maintenance: { pruneafter: "1d" } } },
      "settings-unknown-key session.maintenance.pruneafter",
    ],
    [{ agents: { items: [] } }, "settings-unknown-key agents.items"],
    [{ bindings: [{ session: { scope: "x" } }] }, "settings-unknown-key bindings[0].session.scope"],
    ['{"session":{"__proto__":{"dmScope":"per-peer"}}}', "settings-unknown-key session.__proto__"],
    [{ session: [] }, "settings-invalid-value session"],
    [{ session: null }, "settings-invalid-value session"],
    [{ session: { maintenance: "off" } }, "settings-invalid-value session.maintenance"],
    [{ session: { scope: "per_sender" } }, "settings-invalid-value session.scope"],
    [{ session: { mainKey: "" } }, "settings-invalid-value session.mainKey"],
    [{ session: { store: " " } }, "settings-invalid-value session.store"],
    [{ session: { store: 7 } }, "settings-invalid-value session.store"],
    [{ agents: [] }, "settings-invalid-value agents"],
    [{ agents: { list: {} } }, "settings-invalid-value agents.list"],
    [{ agents: { list: ["main"] } }, "settings-invalid-value agents.list[0]"],
    [{ bindings: {} }, "settings-invalid-value bindings"],
    [{ bindings: [null] }, "settings-invalid-value bindings[0]"],
    [{ bindings: [{ session: { dmScope: "peer" } }] }, "settings-invalid-value bindings[0].session.dmScope"],
  ])("%j is one error, and defaults hold", (settings, expected) => {
    expect(findingsOf(settings)).toEqual([expected]);
    const found = read(settings);
    expect(found.findings[0]?.severity).toBe("error");
    expect({ ...found, findings: [] }).toMatchObject({
      scope: "per-sender",
      dmScope: "main",
      storeTemplate: undefined,
    });
  });

  test("leaves alone what belongs to other parts of OpenClaw", () => {
    expect(
      findingsOf({
        other: { $include: "x", session: { store: "${X}" } },
        agents: {
          defaults: { memorySearch: { remote: { apiKey: "${KEY}" } } },
          list: [{ id: "a", prompt: "${X}" }],
        },
        bindings: [{ match: { peer: "${X}" }, agentId: "${A}" }],
      }),
    ).toEqual([]);
  });

  test("walks a part that nests without limit", () => {
    const depth = 50_000;
    const text = `{"session":{"sendPolicy":${'{"a":'.repeat(depth)}"\${X}"${"}".repeat(depth)}}}`;
    const [found] = read(text).findings;
    expect(found?.id).toBe("settings-variable");
  });

  test("says what was expected and never what was there", () => {
    const [found] = read({ session: { maintenance: { maxEntries: "secret" } } }).findings;
    expect(found).toEqual({
      id: "settings-invalid-value",
      severity: "error",
      place: { path: join(dir.path, "openclaw.json"), field: "session.maintenance.maxEntries" },
      details: { expected: "a positive whole number" },
    });
  });
});
