import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyDocument } from "../../src/json-documents/apply-document.ts";
import type { JsonDocumentSpec } from "../../src/json-documents/json-document.ts";
import { operationsDocument } from "../../src/json-documents/operations-document.ts";
import { recoverDocument } from "../../src/json-documents/recover-document.ts";
import { trashRestoreDocument, undoDocument } from "../../src/json-documents/taken-back-document.ts";
import {
  trashListDocument,
  trashPackDocument,
  trashPurgeDocument,
} from "../../src/json-documents/trash-document.ts";
import { interruptCleanup } from "../interrupted-operation.ts";
import { agedRow, useStore } from "../used-store.ts";
import { promisedPaths, realPaths } from "./documented-paths.ts";
import { writingDocuments } from "./writing-documents.ts";

const store = useStore();

/** Real output of each command, in which every key that is described shows. */
async function outputs(): Promise<ReadonlyMap<JsonDocumentSpec, readonly unknown[]>> {
  await interruptCleanup(store, "before");
  const recovered = await store.json("recover");
  const plan = join(store.state().path, "work/plan.json");
  await store.run(["cleanup", "--plan-out", plan]);
  const applied = await store.json("apply", plan);
  const operations = await store.json("operations");
  const trash = await store.json("trash", "list");
  writeFileSync(store.at("s4.jsonl"), "a new one\n");
  const index = { "agent:main:direct:old": agedRow(8, 0) };
  store.state().write("agents/main/sessions/sessions.json", JSON.stringify(index));
  const back = ["--skip-conflicts", "--dry-run"];
  const undone = await store.json("undo", applied.operationId, ...back);
  const restored = await store.json("trash", "restore", applied.operationId, ...back);
  const packed = await store.json("trash", "pack", "--older-than", "1ms");
  const purged = await store.json("trash", "purge", "--older-than", "1ms");
  return new Map([
    [applyDocument, [applied]],
    [operationsDocument, [operations]],
    [undoDocument, [undone]],
    [recoverDocument, [recovered]],
    [trashListDocument, [trash]],
    [trashRestoreDocument, [restored]],
    [trashPurgeDocument, [purged]],
    [trashPackDocument, [packed]],
  ]);
}

test("real output has exactly the keys that are documented", async () => {
  const found = await outputs();
  expect([...found.keys()]).toEqual(writingDocuments);
  for (const [spec, documents] of found) {
    const real = realPaths(documents, spec);
    expect([...real].toSorted()).toEqual(spec.keys.map(({ path }) => path).toSorted());
    expect([...real]).toEqual(expect.arrayContaining([...promisedPaths(spec)]));
  }
});
