import { join } from "node:path";
import type { WriteFs } from "../disk/write-fs.ts";
import { lookAtStore } from "./operation-error.ts";
import { readOperation } from "./read-operation.ts";

/**
 * Where an operation put the files that it moved: name before -> absolute path now. A file that stayed where it was after all
 * is not among them.
 * @throws StoreError E_JOURNAL_PENDING for a journal that can't be understood; E_IO
 */
export function movedFiles(fs: WriteFs, realDir: string, operationId: string): ReadonlyMap<string, string> {
  return lookAtStore(() => {
    const { record } = readOperation(fs, realDir, operationId);
    const moves = record?.steps.flatMap((step) => (step.kind === "move-file" ? [step] : [])) ?? [];
    const places = moves.map(({ from, to }) => [from, join(realDir, to)] as const);
    return new Map(places.filter(([, path]) => fs.lstat(path) !== undefined));
  });
}
