import { dirname } from "node:path";
import {
  fileIdentity,
  type IndexDocument,
  type Plan,
  planSchemaVersion,
  readIndex,
  type ReadFs,
  sealPlan,
  type SpliceEdit,
  type Step,
} from "@sessionsmith/core";

/** An index as it is now. */
export function readableIndex(
  fs: ReadFs,
  indexPath: string,
): Extract<ReturnType<typeof readIndex>, { state: "readable" }> {
  const read = readIndex(fs, indexPath);
  if (read.state !== "readable") throw new Error(`${indexPath} is ${read.state}`);
  return read;
}

/** A plan of one part over the store of an index, made of the steps that `stepsFor` names. */
export function labPlan(
  fs: ReadFs,
  indexPath: string,
  stepsFor: (document: IndexDocument) => readonly Step[],
): Plan {
  const { document, fingerprint } = readableIndex(fs, indexPath);
  const index = { sha256: fingerprint.sha256, ...fileIdentity(fingerprint) };
  const store = { agentId: "main", indexPath, realDir: dirname(indexPath), index };
  return sealPlan({
    schemaVersion: planSchemaVersion,
    command: "lab",
    createdAt: 0,
    now: 0,
    policy: {},
    parts: [{ store, rows: [], files: [], steps: stepsFor(document), blockedBy: [] }],
  });
}

/** The step that writes an index with edits. */
export function editIndexStep(
  indexPath: string,
  { bytes, sha256 }: IndexDocument,
  edits: readonly SpliceEdit[],
): Step {
  const content = { source: "splice", path: indexPath, size: bytes.length, sha256, edits } as const;
  return { kind: "write-index", phase: "switch", path: indexPath, content };
}
