import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type StateSketch, transcriptShapes, writeStateSketch } from "../src/index.ts";
import { makeTempDir } from "../src/temp-dir.ts";

const place = makeTempDir();
afterAll(place.dispose);

const now = Date.UTC(2026, 10, 20);
const dir = "agents/main/sessions";
const sketch: StateSketch = {
  now,
  settings: { session: { store: "{state}/x.json" } },
  indexes: {
    [`${dir}/sessions.json`]: [
      ["b", { sessionId: "1", sessionFile: `{state}/${dir}/1.jsonl` }],
      ["2", {}],
      ["b", null],
    ],
    [`${dir}/empty.json`]: [],
  },
  files: {
    [`${dir}/1.jsonl`]: { shape: "messages", ageMs: 5000 },
    [`${dir}/1.jsonl.lock`]: { shape: "live-lock", ageMs: 1 },
    [`${dir}/notes.txt`]: { shape: "text", ageMs: 1 },
    ...Object.fromEntries(transcriptShapes.map((shape) => [`${dir}/${shape}.jsonl`, { shape, ageMs: 1000 }])),
  },
};
writeStateSketch(sketch, place.path);

function read(name: string): string {
  return readFileSync(join(place.path, name), "utf8");
}

test("settings and rows speak of the directory itself; rows keep their order, doubled keys too", () => {
  expect(read("openclaw.json")).toContain(`"${place.path}/x.json"`);
  const index = read(`${dir}/sessions.json`);
  expect(index).toBe(
    `{\n  "b": {\n    "sessionId": "1",\n    "sessionFile": "${place.path}/${dir}/1.jsonl"\n  },\n  "2": {},\n  "b": null\n}`,
  );
  expect(read(`${dir}/empty.json`)).toBe("{}");
});

test("files are as old as they are said to be", () => {
  expect(statSync(join(place.path, dir, "1.jsonl")).mtimeMs).toBe(now - 5000);
});

test("transcripts have the id of their name, locks are held by this process", () => {
  expect(JSON.parse(read(`${dir}/1.jsonl`).split("\n")[0] ?? "")).toMatchObject({ type: "session", id: "1" });
  expect(JSON.parse(read(`${dir}/1.jsonl.lock`))).toMatchObject({ pid: process.pid });
});

test("every shape has a text of its own", () => {
  const texts = transcriptShapes.map((shape) => read(`${dir}/${shape}.jsonl`).replaceAll(shape, ""));
  expect(new Set(texts).size).toBe(transcriptShapes.length);
});
