import { transcriptShapes } from "@sessionsmith/testkit";
import type { SketchedFile, SketchedRow } from "@sessionsmith/testkit";
import { drawKey } from "./draw-key.ts";
import { drawInteger, drawUuid, happens, pick } from "./draw.ts";
import type { Random } from "./draw.ts";

/** Where a store lies and what its rows are measured by. */
export interface StorePlace {
  /** Directory of the index, relative to the state directory. */
  readonly dir: string;
  /** Agents whose keys are in the index. */
  readonly agents: readonly [string, ...string[]];
  /** Epoch ms. */
  readonly now: number;
  readonly pruneAfterMs: number;
}

/** What lies in the directory of one store; names of files are relative to it. */
export interface DrawnStore {
  readonly rows: readonly SketchedRow[];
  readonly files: Readonly<Record<string, SketchedFile>>;
}

const hourMs = 3_600_000;

/** Draws a healthy store: rows of all shapes, with ages around the limit, and what lies beside them. */
export function drawStore(random: Random, place: StorePlace): DrawnStore {
  const wanted = drawInteger(random, 0, 22);
  const keys = new Set(Array.from({ length: wanted }, () => drawKey(random, place.agents)));
  const tie = drawAgeMs(random, place.pruneAfterMs);
  const drawn = [...keys].map((key) =>
    drawRow(random, place, {
      key,
      ageMs: happens(random, 0.15) ? tie : drawAgeMs(random, place.pruneAfterMs),
    }),
  );
  return {
    rows: drawn.map(({ row }) => row),
    files: Object.fromEntries([...drawn.flatMap(({ files }) => files), ...drawStrays(random, place)]),
  };
}

/** Around the limit to the ms, far from it on both sides, and a little in the future. */
export function drawAgeMs(random: Random, limitMs: number): number {
  const near = pick(random, [-1, 0, 1]);
  const anywhere = drawInteger(random, 0, 3 * limitMs);
  return pick(random, [limitMs + near, anywhere, anywhere, drawInteger(random, 0, hourMs), -hourMs]);
}

type NamedFile = readonly [name: string, file: SketchedFile];

function drawRow(
  random: Random,
  place: StorePlace,
  { key, ageMs }: { readonly key: string; readonly ageMs: number },
): { readonly row: SketchedRow; readonly files: readonly NamedFile[] } {
  const sessionId = drawUuid(random);
  const { name, fields } = drawTranscriptName(random, place, sessionId);
  const hasId = happens(random, 0.95);
  const row = {
    ...(hasId ? { sessionId } : {}),
    updatedAt: place.now - ageMs,
    ...fields,
    ...drawChatType(random),
    ...(happens(random, 0.2) ? { label: `label ${drawInteger(random, 1, 3)}` } : {}),
    ...(happens(random, 0.2) ? { status: pick(random, ["done", "failed", "killed"]) } : {}),
    ...(happens(random, 0.1) ? { spawnedBy: `agent:${place.agents[0]}:main` } : {}),
  };
  return { row: [key, row], files: hasId ? drawFiles(random, name, Math.max(0, ageMs)) : [] };
}

function drawChatType(random: Random): object {
  const chatType = pick(random, ["direct", "group", "channel", "thread", "GROUP"]);
  return pick<object>(random, [{}, {}, { chatType }, { origin: { provider: "telegram", chatType } }]);
}

/** What the transcript is called, and what the row says of it. */
function drawTranscriptName(
  random: Random,
  { dir }: StorePlace,
  sessionId: string,
): { readonly name: string; readonly fields: { readonly sessionFile?: string } } {
  const plain = `${sessionId}.jsonl`;
  const topic = `${sessionId}-topic-${drawInteger(random, 1, 9)}.jsonl`;
  const fork = `2026-10-01T10-00-00-000Z_${sessionId}.jsonl`;
  return pick(random, [
    { name: plain, fields: {} },
    { name: plain, fields: {} },
    { name: plain, fields: { sessionFile: plain } },
    { name: plain, fields: { sessionFile: `{state}/${dir}/${plain}` } },
    { name: topic, fields: { sessionFile: topic } },
    { name: topic, fields: {} },
    { name: fork, fields: { sessionFile: `{state}/${dir}/${fork}` } },
    {
      name: `notes-${sessionId.slice(0, 4)}.jsonl`,
      fields: { sessionFile: `notes-${sessionId.slice(0, 4)}.jsonl` },
    },
  ]);
}

function drawFiles(random: Random, name: string, rowAgeMs: number): readonly NamedFile[] {
  if (happens(random, 0.15)) return [];
  const ageMs = happens(random, 0.8) ? rowAgeMs : drawInteger(random, 0, rowAgeMs);
  const shape = happens(random, 0.6) ? "messages" : pick(random, transcriptShapes);
  const trajectory = name.replace(/\.jsonl$/, ".trajectory.jsonl");
  return [
    [name, { shape, ageMs }],
    ...(happens(random, 0.15) ? [[trajectory, { shape: "header", ageMs }] as const] : []),
  ];
}

/** Files that no row has: old generations, archives, and what a person left there. */
function drawStrays(random: Random, { pruneAfterMs }: StorePlace): readonly NamedFile[] {
  return Array.from({ length: drawInteger(random, 0, 4) }, () => {
    const ageMs = drawInteger(random, 0, 3 * pruneAfterMs);
    const id = drawUuid(random);
    const isText = happens(random, 0.2);
    const end = pick(random, [
      ".jsonl",
      ".jsonl.deleted.2026-09-01T00-00-00.000Z",
      ".jsonl.reset.2026-11-19T00-00-00.000Z",
    ]);
    return isText ? [`${id}.txt`, { shape: "text", ageMs }] : [`${id}${end}`, { shape: "messages", ageMs }];
  });
}
