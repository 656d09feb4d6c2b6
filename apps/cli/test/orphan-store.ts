import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { storeNow } from "./store-dirs.ts";
import type { UsedStore } from "./used-store.ts";

/** The sha256 that the prompt of {@link addOrphans} is named by. */
export const promptHash: string = "ab".padEnd(64, "0");

/** Path of that prompt in the sessions directory. */
export const promptPath = `skills-prompts/sha256/ab/${promptHash}.txt`;

/** Puts a file into the store that was last written so many days ago. */
export function putAged(store: UsedStore, name: string, content: string, ageDays = 90): void {
  const path = store.at(name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode: 0o600 });
  const writtenAtSeconds = storeNow / 1000 - ageDays * 86_400;
  utimesSync(path, writtenAtSeconds, writtenAtSeconds);
}

/** The header of a transcript. */
export function headerOf(id: string, more: object = {}): string {
  return `${JSON.stringify({ type: "session", version: 3, id, ...more })}\n`;
}

/** Files that leave for themselves, one of each class, and files that look like it and stay. */
export function addOrphans(store: UsedStore): void {
  putAged(store, "orphan.jsonl", headerOf("orphan"));
  putAged(store, "orphan.trajectory.jsonl", '{"sessionKey":"agent:main:cron:1"}\n');
  putAged(store, "gone.jsonl.codex-app-server.json", "{}");
  putAged(store, "gone.checkpoint.0a7b6b7e-3f1c-4d3a-9d5e-7f3f0c1b2a3d.jsonl", headerOf("gone"));
  putAged(store, "sessions.json.7.0a7b6b7e-3f1c-4d3a-9d5e-7f3f0c1b2a3d.tmp", "{");
  putAged(store, promptPath, "a prompt\n");
  putAged(store, "s9.jsonl.deleted.2026-01-02T00-00-00.000Z", "expired\n", 1);
  putAged(store, "notes.jsonl", '{"mine":true}\n');
  putAged(store, "parent.jsonl", headerOf("parent"));
  putAged(store, "s1.jsonl", headerOf("s1", { parentSession: "parent.jsonl" }), 1);
  putAged(store, "young.jsonl", headerOf("young"), 2);
}
