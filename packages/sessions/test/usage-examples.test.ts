import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compactTranscript, loadSessionStore, updateSessionStore } from "@sessionsmith/core/store";
import { expect, test } from "vitest";
import { listSessions } from "../src/list-sessions.ts";
import { everything, storeOnDisk } from "./stores-on-disk.ts";

const header = '{"type":"session","version":3,"id":"abc-123"}';
const message = (text: string) =>
  JSON.stringify({ type: "message", message: { role: "user", content: text } });
const rows = {
  "agent:main:main": { sessionId: "m-1", updatedAt: 1_799_000_000_000, label: "Daily" },
  "agent:main:test": { sessionId: "abc-123", updatedAt: 1_799_000_000_001 },
};

function store() {
  const words = Array.from({ length: 150 }, (_, n) => message(`test ${n}`));
  const found = storeOnDisk(rows, { "abc-123.jsonl": `${[header, ...words].join("\n")}\n` });
  const [target] = found.targets;
  if (target === undefined) throw new Error("no store");
  return { ...found, storePath: target.indexPath };
}

test("load a store and walk through it", async () => {
  const { storePath } = store();
  const lines: string[] = [];
  for (const [key, entry] of await loadSessionStore(storePath))
    lines.push(`${key}: ${JSON.stringify(entry["sessionId"])}`);
  expect(lines).toEqual(['agent:main:main: "m-1"', 'agent:main:test: "abc-123"']);
});

test("update a session with a function", async () => {
  const { storePath } = store();
  await updateSessionStore(storePath, (sessions) => {
    const entry = sessions.get("agent:main:test");
    if (entry !== undefined) entry["thinkingLevel"] = "high";
  });
  const changed = { ...rows, "agent:main:test": { ...rows["agent:main:test"], thinkingLevel: "high" } };
  expect(readFileSync(storePath, "utf8")).toBe(JSON.stringify(changed, null, 2));
});

test("list what a search finds, with derived titles", () => {
  const { host, settings, targets } = store();
  const query = { ...everything, search: "test", limit: 10, titles: true };
  const { sessions } = listSessions(host, { targets, settings }, query);
  expect(sessions.map(({ key, title }) => [key, title])).toEqual([["agent:main:test", "test 0"]]);
});

test("compact a transcript, and find the removed lines in the archive", async () => {
  const { storePath } = store();
  const stats = await compactTranscript({ sessionId: "abc-123", storePath }, { keepLines: 100 });
  expect([stats.removedLines, stats.keptLines]).toEqual([50, 100]);
  const kept = readFileSync(join(dirname(storePath), "abc-123.jsonl"), "utf8")
    .trimEnd()
    .split("\n");
  expect([kept.length, kept[0], kept[1]]).toEqual([101, header, message("test 50")]);
  const whole = readFileSync(stats.archivedPath ?? "", "utf8")
    .trimEnd()
    .split("\n");
  expect(whole.slice(1, 51)).toEqual(Array.from({ length: 50 }, (_, n) => message(`test ${n}`)));
});
