import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configDocument, configWriteDocument } from "../../src/json-documents/config-document.ts";
import { exportDocument, exportTrajectoryDocument } from "../../src/json-documents/export-document.ts";
import { historyDocument } from "../../src/json-documents/history-document.ts";
import { importDocument } from "../../src/json-documents/import-document.ts";
import type { JsonDocumentSpec } from "../../src/json-documents/json-document.ts";
import { leaseDocument } from "../../src/json-documents/lease-document.ts";
import { statsDocument } from "../../src/json-documents/stats-document.ts";
import { storeNow } from "../store-dirs.ts";
import { agedRow, usedRows, useStore } from "../used-store.ts";
import { promisedPaths, realPaths } from "./documented-paths.ts";
import { keepingDocuments } from "./keeping-documents.ts";

const store = useStore();

const counts = {
  startedAt: storeNow - 9_000_000_000,
  inputTokens: 1,
  outputTokens: 2,
  cacheRead: 3,
  cacheWrite: 4,
  totalTokens: 5,
  contextTokens: 6,
  compactionCount: 7,
  estimatedCostUsd: 0.5,
  label: "Ann",
  model: "gpt-5",
  modelProvider: "openai",
};

/** Real output of each command, in which every key that is described shows. */
async function outputs(): Promise<ReadonlyMap<JsonDocumentSpec, readonly unknown[]>> {
  const state = store.state();
  state.write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "bad" }] } }`);
  state.write("agents/bad/sessions/sessions.json", "[]");
  mkdirSync(join(state.path, "agents/bad/sessions/.sessionsmith/ledger.jsonl"), { recursive: true });
  state.writeStore("main", { ...usedRows, "agent:main:direct:old": agedRow(2, 40, counts) });
  const failing = async (...argv: readonly string[]) =>
    JSON.parse((await store.run([...argv, "--json"])).stdout);
  const created = await store.json("create", "--user", "ann", "--meta", "a=1");
  const set = await store.json("set", created.sessionId, "theme", "dark");
  const stats = await store.json("stats");
  const file = join(state.path, "work/sessions.jsonl");
  const exported = await store.json("export", "--format", "jsonl", "--output", file);
  writeFileSync(
    store.at("s1.jsonl"),
    `{"type":"session","version":3,"id":"s1","timestamp":"2026-01-01T00:00:00Z"}\n`,
  );
  const workspace = join(state.path, "work");
  const trajectory = await store.json("export-trajectory", "agent:main:direct:new", "--workspace", workspace);
  const broken = join(state.path, "work/broken.jsonl");
  writeFileSync(broken, `{"format":"sessionsmith-export","version":1}\n{"line":1}\n`);
  // The files of what leaves stay: the index that can't be read may need them.
  const operation = await failing("cleanup", "--older-than", "30d");
  const ended = await store.json("history");
  await store.run(["undo", operation.operationId]);
  return new Map([
    [statsDocument, [stats, await failing("stats", "--all-agents")]],
    [historyDocument, [ended, await store.json("history"), await failing("history", "--all-agents")]],
    [leaseDocument, [set]],
    [exportDocument, [exported]],
    [exportTrajectoryDocument, [trajectory]],
    [importDocument, [await store.json("import", file), await failing("import", broken)]],
    [configDocument, [await store.json("config")]],
    [configWriteDocument, [await store.json("config", "lease.defaultTtl", "60")]],
  ]);
}

test("real output has exactly the keys that are documented", async () => {
  const found = await outputs();
  expect([...found.keys()]).toEqual(keepingDocuments);
  for (const [spec, documents] of found) {
    const real = realPaths(documents, spec);
    const described = spec.keys.map(({ path }) => path);
    expect({ title: spec.title, keys: [...real].toSorted() }).toEqual({
      title: spec.title,
      keys: described.toSorted(),
    });
    for (const document of documents)
      expect([...realPaths([document], spec)]).toEqual(expect.arrayContaining([...alwaysThere(spec)]));
  }
});

/** Of lists that may be empty nothing is promised. */
function alwaysThere(spec: JsonDocumentSpec): readonly string[] {
  return promisedPaths(spec).filter((path) => !path.includes("[]"));
}
