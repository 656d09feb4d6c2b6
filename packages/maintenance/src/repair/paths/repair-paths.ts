import { join } from "node:path";
import { type JsonObject, openStorePlace } from "@sessionsmith/core";
import { claimedNames, isPlainFile } from "../claimed-files.ts";
import { changeableRows } from "../keys/key-claim.ts";
import { editRows } from "../edit-rows.ts";
import type { Mend } from "../repair-domain.ts";
import type { RepairRequest } from "../repair-request.ts";
import { type RepairStore, withPlanned } from "../repair-store.ts";
import type { RowEdit } from "../row-edit.ts";
import { rebaseHeader } from "./rebase-header.ts";
import { rebasePath } from "./rebase-path.ts";
import { changedPaths } from "./row-paths.ts";
import { stalePointer } from "./stale-session-file.ts";

/**
 * Mends paths: of a directory that got another one, wherever rows, headers and pointers name it, if the operator says so; and
 * `sessionFile` of rows whose transcript is found all the same, so that OpenClaw finds it too.
 */
export function repairPaths(store: RepairStore, request: RepairRequest): RepairStore {
  const rebased = rebaseRows(store, request);
  const pointed = mendPointers(rebased, request);
  return rebaseFiles(pointed, request);
}

function rebaseRows(store: RepairStore, request: RepairRequest): RepairStore {
  const { rebase } = request;
  if (rebase === undefined) return store;
  const changed = changeableRows(store).flatMap(([facts, entry]) => {
    const fields = changedPaths(entry, (path) => rebasePath(path, rebase));
    return Object.keys(fields).length === 0 ? [] : [{ key: facts.row.key, fields }];
  });
  const reasons = ["path-rebased"];
  const edits = changed.map(({ key, fields }): RowEdit => ({
    kind: "change",
    key,
    change: { fields },
    reasons,
  }));
  const mends = changed.map(({ key, fields }): Mend => {
    const { from, to } = rebase;
    return {
      domain: "paths",
      what: "paths-rebased",
      key,
      from,
      to,
      count: Object.keys(fields).length,
      reasons,
    };
  });
  const done = editRows(store, request, edits);
  return { ...done, mends: [...done.mends, ...mends] };
}

function mendPointers(store: RepairStore, request: RepairRequest): RepairStore {
  const { fs } = request.host;
  if (store.base.state === "missing") return store;
  const place = openStorePlace(fs, store.target);
  const edits: RowEdit[] = [];
  const mends: Mend[] = [];
  for (const [facts, entry] of changeableRows(store)) {
    const { key } = facts.row;
    const stale = stalePointer(fs, facts, place);
    const checkpoints = relocatedCheckpoints(entry, store);
    if (stale === undefined && Object.keys(checkpoints).length === 0) continue;
    const isCleared = stale !== undefined && stale.name === undefined;
    const fields = { ...checkpoints, ...(stale?.name === undefined ? {} : { sessionFile: stale.name }) };
    const reasons = stale === undefined ? ["checkpoint-relocated"] : [stale.why];
    const change = { fields, ...(isCleared ? { cleared: ["sessionFile"] } : {}) };
    edits.push({ kind: "change", key, change, reasons });
    const { sessionFile } = facts.row;
    mends.push({
      domain: "paths",
      what: stale === undefined ? "checkpoint-mended" : "session-file-mended",
      key,
      ...(stale === undefined || sessionFile === undefined ? {} : { from: sessionFile }),
      ...(stale?.name === undefined ? {} : { to: stale.name }),
      reasons,
    });
  }
  const done = editRows(store, request, edits);
  return { ...done, mends: [...done.mends, ...mends] };
}

/** Checkpoints that name another directory, although their file is in this one. */
function relocatedCheckpoints(entry: JsonObject, { snapshot }: RepairStore) {
  const { sessionFile: _own, spawnedWorkspaceDir: _dir, spawnedCwd: _cwd, acp: _acp, ...rest } = entry;
  return changedPaths(rest, (path) => {
    const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
    const name = path.slice(cut + 1);
    const here = join(snapshot.target.sessionsDir, name);
    if (cut < 0 || name === "" || path === here || path === join(snapshot.realDir, name)) return undefined;
    return snapshot.files.get(name)?.fact.kind === "file" ? here : undefined;
  });
}

function rebaseFiles(store: RepairStore, { host, rebase }: RepairRequest): RepairStore {
  if (rebase === undefined) return store;
  const { snapshot } = store;
  const claimed = claimedNames(store);
  const files = [...snapshot.files.values()].filter(
    (file) =>
      !claimed.has(file.name) &&
      ["transcript", "checkpoint", "trajectory-pointer"].includes(file.nameClass.kind) &&
      isPlainFile(store, file),
  );
  const done = files.flatMap(
    ({ name }) => rebaseHeader(host, { realDir: snapshot.realDir, name }, rebase) ?? [],
  );
  const mends = done.map(({ name, from, to }): Mend => {
    return { domain: "paths", what: "header-rebased", file: name, from, to, reasons: ["path-rebased"] };
  });
  return withPlanned(store, { steps: done.map(({ step }) => step), mends });
}
