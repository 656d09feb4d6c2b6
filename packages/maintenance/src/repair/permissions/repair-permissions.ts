import { basename } from "node:path";
import type { Step, StoreFile } from "@sessionsmith/core";
import { claimedNames, isPlainFile } from "../claimed-files.ts";
import type { Mend } from "../repair-domain.ts";
import type { RepairRequest } from "../repair-request.ts";
import type { RepairStore } from "../repair-store.ts";
import { wantedDirMode, wantedFileMode } from "./wanted-mode.ts";

/**
 * Takes the permissions of others away from the store: files get 0600 and the directory 0700. Files that are not OpenClaw's, have
 * further names, or belong to somebody else than the directory are left alone. What this repair writes anew gets its mode at once.
 */
export function repairPermissions(store: RepairStore, { host }: RepairRequest): RepairStore {
  const { snapshot, base } = store;
  const dir = host.fs.lstat(snapshot.realDir);
  if (dir === undefined) return store;
  const index = host.fs.lstat(base.store.indexPath);
  const indexName = basename(base.store.indexPath);
  const claimed = claimedNames(store);
  const own = [...snapshot.files.values()].filter(
    (file) =>
      !claimed.has(file.name) &&
      file.nameClass.kind !== "foreign" &&
      file.fact.uid === dir.uid &&
      isPlainFile(store, file),
  );
  const changes = [
    { name: ".", mode: dir.mode, wanted: wantedDirMode(dir.mode) },
    ...(index?.kind === "file" && index.nlink === 1 && index.uid === dir.uid
      ? [{ name: indexName, mode: index.mode, wanted: wantedFileMode(index.mode) }]
      : []),
    ...own.map(({ name, fact }: StoreFile) => ({ name, mode: fact.mode, wanted: wantedFileMode(fact.mode) })),
  ].filter(({ mode, wanted }) => mode !== wanted);
  const steps = changes.map(({ name, mode, wanted }): Step => {
    return { kind: "set-mode", phase: "switch", name, mode: wanted, expectMode: mode };
  });
  const mends = changes.map(({ name, mode, wanted }): Mend => {
    const [from, to] = [octal(mode), octal(wanted)];
    return { domain: "permissions", what: "mode-set", file: name, from, to, reasons: ["others-may-read"] };
  });
  const given = store.steps.map((step) =>
    step.kind === "write-file" ? { ...step, mode: wantedFileMode(step.mode) } : step,
  );
  return { ...store, steps: [...given, ...steps], mends: [...store.mends, ...mends] };
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}
