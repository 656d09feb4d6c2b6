import { afterAll, describe, expect, test } from "vitest";
import { jsonDocuments } from "../../src/docs/render-json-reference.ts";
import { checkDocument } from "../../src/json-documents/check-document.ts";
import { cleanupAllDocument, cleanupDocument } from "../../src/json-documents/cleanup-document.ts";
import { convertDocument } from "../../src/json-documents/convert-document.ts";
import { encryptionDocument } from "../../src/json-documents/encryption-document.ts";
import { errorDocument } from "../../src/json-documents/error-document.ts";
import { explainAllDocument, explainDocument } from "../../src/json-documents/explain-document.ts";
import type { JsonDocumentSpec } from "../../src/json-documents/json-document.ts";
import { listDocument } from "../../src/json-documents/list-document.ts";
import { repairDocument } from "../../src/json-documents/repair-document.ts";
import { versionDocument } from "../../src/json-documents/version-document.ts";
import { runCli } from "../fake-io.ts";
import { bareHost, makeStateDir, storeNow } from "../store-dirs.ts";
import { keepingDocuments } from "./keeping-documents.ts";
import {
  managerDocuments,
  migrationDocuments,
  sessionDocuments,
  writingDocuments,
} from "./writing-documents.ts";
import { promisedPaths, realPaths } from "./documented-paths.ts";

const state = makeStateDir();
afterAll(state.dispose);
/** A store in which a session gets another key. */
const scoped = makeStateDir();
afterAll(scoped.dispose);

/** A store with findings, one that can't be looked at, and one that is not configured. */
const checked = makeStateDir();
afterAll(checked.dispose);

/** A store with something to mend and something to leave, and one that can't be repaired. */
const broken = makeStateDir();
afterAll(broken.dispose);

const fullRow = {
  sessionId: "s1",
  updatedAt: storeNow,
  lastInteractionAt: storeNow - 3_600_000,
  systemSent: true,
  abortedLastRun: false,
  thinkingLevel: "high",
  verboseLevel: "on",
  traceLevel: "on",
  reasoningLevel: "on",
  elevatedLevel: "ask",
  responseUsage: "tokens",
  groupActivation: "always",
  inputTokens: 1,
  outputTokens: 2,
  totalTokens: 3,
  model: "gpt-5",
  modelProvider: "openai",
  providerOverride: "openai",
  modelOverride: "gpt-5",
  contextTokens: 4,
  agentHarnessId: "codex",
  label: "l",
  displayName: "d",
  pluginExtensions: { sessionsmith: { lease: { user: "ann", expiresAt: storeNow + 1 } } },
};
const message = { type: "message", message: { role: "user", content: "hello" } };
state.write(
  "openclaw.json",
  `{ agents: { list: [{ id: "main" }, { id: "bad" }] }, session: { maintenance: { maxDiskBytes: "1mb" } } }`,
);
state.writeStore("main", { "agent:main:main": fullRow, "agent:main:odd": [] });
state.write("agents/main/sessions/s1.jsonl", `{"type":"session","id":"s1"}\n${JSON.stringify(message)}\n`);
state.write("agents/bad/sessions/sessions.json", "[]");
state.write("agents/main/sessions/.sessionsmith/manager.json", `{ "idleReset": 30 }`);

scoped.write("openclaw.json", `{ session: { dmScope: "per-peer" } }`);
scoped.writeStore("main", { "agent:main:telegram:direct:5": { sessionId: "s1", updatedAt: storeNow - 1 } });

checked.write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "odd" }] } }`);
checked.write("agents/main/sessions/sessions.json", `{"agent:main:main":{"updatedAt":"soon"}}`);
checked.write("agents/odd/sessions", "no directory");
checked.write("agents/stray/sessions/s2.jsonl", "");

broken.write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "odd" }] } }`);
broken.writeStore("main", {
  main: { sessionId: "s1", updatedAt: storeNow },
  "agent:gone:main": { sessionId: "s2", updatedAt: storeNow },
});
broken.write("agents/odd/sessions", "no directory");

async function outputs(...lines: readonly string[]): Promise<readonly unknown[]> {
  const runs = lines.map(async (line) => {
    const [command = "", ...words] = line.split(" ");
    const special = new Map([
      ["check", checked],
      ["repair", broken],
    ]);
    const { path } = special.get(command) ?? (words.includes("--rescope") ? scoped : state);
    const place = ["list", "cleanup", "check", "repair"].includes(command) ? ["--state-dir", path] : [];
    const { stdout, stderr } = await runCli([command, ...words, "--json", ...place], {
      host: bareHost(state),
    });
    return JSON.parse(stdout === "" ? stderr : stdout);
  });
  return Promise.all(runs);
}

/** What each document is compared with: together these lines must show every key that it describes. */
const samples: ReadonlyMap<JsonDocumentSpec, readonly string[]> = new Map([
  [listDocument, ["list --titles --previews", "list --all-agents"]],
  [
    cleanupDocument,
    ["cleanup --dry-run", "cleanup --dry-run --details", "cleanup --enforce", "cleanup --rescope --dry-run"],
  ],
  [checkDocument, ["check --all-agents --discovered"]],
  [repairDocument, ["repair --all-agents"]],
  [explainDocument, ["explain transcript-missing"]],
  [explainAllDocument, ["explain"]],
  [versionDocument, ["version"]],
  [errorDocument, ["explain nothing-like-it", "list --agent bad"]],
]);

describe("real output has exactly the keys that are documented", () => {
  test.each([...samples].map(([spec, lines]) => ({ title: spec.title, spec, lines })))(
    "$title",
    async ({ spec, lines }) => {
      const real = realPaths(await outputs(...lines), spec);
      expect([...real].toSorted()).toEqual(spec.keys.map(({ path }) => path).toSorted());
    },
  );

  test("what is always there is there in every document", async () => {
    const found = [...samples].map(async ([spec, lines]) => {
      for (const document of await outputs(...lines)) {
        expect([...realPaths([document], spec)]).toEqual(expect.arrayContaining([...promisedPaths(spec)]));
      }
    });
    await Promise.all(found);
  });

  test("cleanup of several stores: each is a document of one store, or has its error", async () => {
    const [document] = await outputs("cleanup --dry-run --all-agents");
    expect(document).toMatchObject({ stores: [{ agentId: "main" }, { agentId: "bad", error: {} }] });
    const { stores, ...rest }: { stores: readonly object[] } = Object.assign({ stores: [] }, document);
    expect([...Object.keys(rest), "stores"].toSorted()).toEqual(
      cleanupAllDocument.keys
        .map(({ path }) => path)
        .filter((path) => !path.includes("[]"))
        .toSorted(),
    );
    const [done, failed] = stores;
    expect(promisedPaths(cleanupDocument).filter((path) => !path.includes("."))).toEqual(
      Object.keys(done ?? {}),
    );
    expect(Object.keys(failed ?? {})).toEqual(["agentId", "storePath", "error"]);
  });

  test("every document of the reference is compared here", () => {
    expect(new Set(jsonDocuments)).toEqual(
      new Set([
        ...samples.keys(),
        cleanupAllDocument,
        encryptionDocument,
        convertDocument,
        ...writingDocuments,
        ...sessionDocuments,
        ...managerDocuments,
        ...migrationDocuments,
        ...keepingDocuments,
      ]),
    );
  });
});
