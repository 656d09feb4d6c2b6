import { expect, test } from "vitest";
import {
  compactDocument,
  createDocument,
  deleteDocument,
  patchDocument,
  resetDocument,
} from "../../src/json-documents/change-document.ts";
import type { JsonDocumentSpec } from "../../src/json-documents/json-document.ts";
import { previewDocument, resolveDocument, showDocument } from "../../src/json-documents/session-document.ts";
import { storeNow } from "../store-dirs.ts";
import { agedRow, useStore } from "../used-store.ts";
import { promisedPaths, realPaths } from "./documented-paths.ts";
import { sessionDocuments } from "./writing-documents.ts";

const store = useStore();
const lease = { user: "ann", ttlSeconds: 5, expiresAt: storeNow + 5000, meta: {} };
const line = (n: number) =>
  JSON.stringify({ type: "message", message: { role: "user", content: `text ${n}` } });

/** Real output of each command, in which every key that is described shows. */
async function outputs(): Promise<ReadonlyMap<JsonDocumentSpec, readonly unknown[]>> {
  store.state().writeStore("main", {
    "agent:main:direct:1": agedRow(1, 1, {
      modelOverride: "gpt-5",
      providerOverride: "openai",
      pluginExtensions: { sessionsmith: { lease } },
    }),
    "agent:main:direct:2": agedRow(2, 1),
    "agent:main:direct:3": {},
  });
  store
    .state()
    .write(
      "agents/main/sessions/s1.jsonl",
      `{"type":"session","version":3,"id":"s1"}\n${line(1)}\n${line(2)}\n`,
    );
  const [one, two] = ["agent:main:direct:1", "agent:main:direct:2"];
  return new Map<JsonDocumentSpec, readonly unknown[]>([
    [showDocument, [await store.json("show", one), await store.json("get", two)]],
    [previewDocument, [await store.json("preview", one, "nobody")]],
    [resolveDocument, [await store.json("resolve", "s2")]],
    [createDocument, [await store.json("create", "--label", "new")]],
    [
      patchDocument,
      [await store.json("patch", one, "fastMode=true"), await store.json("patch", two, "fastMode=true")],
    ],
    [resetDocument, [await store.json("reset", two)]],
    [deleteDocument, [await store.json("delete", two, "--dry-run")]],
    [
      compactDocument,
      [
        await store.json("compact", one, "--max-lines", "1"),
        await store.json("compact", "agent:main:direct:3", "--max-lines", "1"),
      ],
    ],
  ]);
}

test("real output has exactly the keys that are documented", async () => {
  const found = await outputs();
  expect([...found.keys()]).toEqual(sessionDocuments);
  for (const [spec, documents] of found) {
    expect([...realPaths(documents, spec)].toSorted()).toEqual(spec.keys.map(({ path }) => path).toSorted());
    for (const document of documents)
      expect([...realPaths([document], spec)]).toEqual(expect.arrayContaining([...promisedPaths(spec)]));
  }
});
