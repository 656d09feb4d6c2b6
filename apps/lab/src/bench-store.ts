import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject } from "@sessionsmith/core";
import { invalidateSessionStoreCache, loadSessionStore, updateSessionStore } from "@sessionsmith/core/store";
import { makeTempDir } from "@sessionsmith/testkit";
import { generateStore, ordinaryRows } from "./generate-store.ts";
import { elapsedMs, measuredMedians, renderTimes } from "./measure.ts";

const rounds = 15;

/** Times a change of one row, and a read of one, against what a program does by hand, each on a store of its own. */
export async function benchStore(entries: number): Promise<string> {
  const temp = makeTempDir();
  try {
    const size = { ...ordinaryRows, entries, messages: 0 };
    const [ours, indented, compact] = ["ours", "indented", "compact"].map((name) =>
      generateStore(join(temp.path, name), size),
    );
    if (ours === undefined || indented === undefined || compact === undefined) throw new Error("no stores");
    const [key = ""] = [...(await loadSessionStore(ours)).keys()].slice(entries / 2);
    const updates = await measuredMedians(rounds, {
      "by hand": () => elapsedMs(() => updateByHand(indented, key, 2)),
      "by hand, not indented": () => elapsedMs(() => updateByHand(compact, key, 0)),
      updateSessionStore: () => elapsedMs(() => updateOurs(ours, key)),
    });
    const reads = await measuredMedians(rounds, {
      "by hand": () => elapsedMs(() => readByHand(indented)[key]),
      "load, not cached": () => {
        invalidateSessionStoreCache(ours);
        return elapsedMs(() => readOurs(ours, key));
      },
      "load, cached": () => elapsedMs(() => readOurs(ours, key)),
    });
    const megabytes = (readFileSync(ours).length / 1e6).toFixed(1);
    return [
      `one row of an index of ${megabytes} MB, median of ${rounds} interleaved rounds`,
      "changing it:",
      ...renderTimes(updates, "by hand"),
      "reading it:",
      ...renderTimes(reads, "load, not cached"),
    ].join("\n");
  } finally {
    temp.dispose();
  }
}

async function updateOurs(indexPath: string, key: string): Promise<void> {
  await updateSessionStore(indexPath, (sessions) => {
    const entry = sessions.get(key);
    if (entry !== undefined) entry["updatedAt"] = Date.now();
  });
}

async function readOurs(indexPath: string, key: string): Promise<void> {
  if ((await loadSessionStore(indexPath)).get(key) === undefined) throw new Error(`no ${key}`);
}

function readByHand(indexPath: string): Record<string, unknown> {
  const index: Record<string, unknown> = JSON.parse(readFileSync(indexPath, "utf8"));
  return index;
}

function updateByHand(indexPath: string, key: string, indent: number): void {
  const index = readByHand(indexPath);
  const entry = index[key];
  if (isJsonObject(entry)) index[key] = { ...entry, updatedAt: Date.now() };
  const temp = `${indexPath}.by-hand`;
  const bytes = Buffer.from(JSON.stringify(index, null, indent), "utf8");
  const descriptor = openSync(temp, "wx", 0o600);
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(temp, indexPath);
}
