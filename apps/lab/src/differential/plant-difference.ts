import type { SketchedFile } from "@sessionsmith/testkit";
import type { DrawnStore, StorePlace } from "./draw-store.ts";
import { drawInteger, drawUuid, pick } from "./draw.ts";
import type { Random } from "./draw.ts";

/** The things in a store on which we mean to decide otherwise; each is a row of docs/differences.md. */
export const plantedDifferences = [
  "transcript-outside",
  "stale-session-file",
  "transcript-locked",
  "still-running",
  "odd-time",
  "doubled-key",
  "row-not-understood",
  "number-keys",
  "managed-row",
] as const;

/** One of them. */
export type PlantedDifference = (typeof plantedDifferences)[number];

const hourMs = 3_600_000;

/** Rows and files that show a difference, on top of a healthy store. */
export function plantDifference(random: Random, kind: PlantedDifference, place: StorePlace): DrawnStore {
  const { now, pruneAfterMs, agents } = place;
  const sessionId = drawUuid(random);
  const transcript = `${sessionId}.jsonl`;
  const key = `agent:${agents[0]}:telegram:direct:planted${drawInteger(random, 1, 99)}`;
  const old = { sessionId, updatedAt: now - 2 * pruneAfterMs };
  const fresh = { sessionId, updatedAt: now - 2 * hourMs };
  const messages: SketchedFile = { shape: "messages", ageMs: 2 * pruneAfterMs };
  switch (kind) {
    case "transcript-outside":
      return {
        rows: [[key, { ...pick(random, [old, fresh]), sessionFile: `{state}/elsewhere/${transcript}` }]],
        files: { [`../../../elsewhere/${transcript}`]: messages },
      };
    case "stale-session-file":
      return {
        rows: [[key, { ...fresh, sessionFile: `gone-${transcript}` }]],
        files: { [transcript]: messages },
      };
    case "transcript-locked":
      return {
        rows: [[key, old]],
        files: { [transcript]: messages, [`${transcript}.lock`]: { shape: "live-lock", ageMs: 1000 } },
      };
    case "still-running":
      return {
        rows: [[key, { ...old, status: "running" }]],
        files: { [transcript]: { shape: "messages", ageMs: hourMs } },
      };
    case "odd-time":
      return { rows: [[key, { sessionId, ...oddTime(random, place) }]], files: { [transcript]: messages } };
    case "doubled-key":
      return {
        rows: [
          [key, old],
          [key, pick(random, [old, fresh])],
        ],
        files: { [transcript]: messages },
      };
    case "row-not-understood":
      return { rows: [[key, oddRow(random, old)]], files: {} };
    case "number-keys":
      return {
        rows: ["7", "12", "agent:main:direct:tie", "3"].map((tied, n) => [
          tied,
          { sessionId: `tied${n}`, updatedAt: now - 5 * hourMs },
        ]),
        files: Object.fromEntries([0, 1, 2, 3].map((n) => [`tied${n}.jsonl`, messages])),
      };
    case "managed-row":
      return { rows: [[key, { ...fresh, pluginExtensions: { sessionsmith: { lease: {} } } }]], files: {} };
  }
}

function oddTime(random: Random, { now, pruneAfterMs }: StorePlace): object {
  const atMs = now - pick(random, [hourMs, 2 * pruneAfterMs]);
  return pick(random, [
    { updatedAt: Math.round(atMs / 1000) },
    { updatedAt: atMs * 1000 },
    { updatedAt: new Date(atMs).toISOString() },
    { updatedAt: null },
    { updatedAt: 0 },
    { updatedAt: -1 },
    {},
  ]);
}

function oddRow(random: Random, row: object): unknown {
  return pick<unknown>(random, [
    null,
    [],
    "text",
    { ...row, sessionId: "../../x" },
    { ...row, sessionId: "with a space" },
    { ...row, sessionId: 7 },
    { ...row, sessionId: "with:colon" },
  ]);
}
